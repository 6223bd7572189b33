import {
  type Clock,
  emptyView,
  GatewayError,
  isGatewayError,
  type JsonObject,
  type JsonValue,
  type LiveRef,
  type LiveView,
  type Logger,
  type RunView,
  type SendOptions,
} from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { createRecent } from '../api/recent.ts';
import { hasCode } from '../errors.ts';
import { isObject, numberAt, textAt } from '../json.ts';
import { toUuid } from '../send/key.ts';
import type { Poster, PostTarget } from '../send/post-message.ts';
import { toTarget } from '../send/send-message.ts';
import { wordsIn } from '../words.ts';
import type { Card } from './card-json.ts';
import { diffCard } from './diff-card.ts';
import { movedCard, type RunCardOptions, runCard } from './run-card.ts';

export interface LiveCardOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly post: Poster;
  readonly card: RunCardOptions;
  readonly minIntervalMs: number;
  /** Whether runs of this conversation are shown as cards. */
  readonly isWanted: (to: SendOptions) => boolean;
}

/** A card of ours, in all that is needed to change it from anywhere. */
interface CardRef {
  /** Absent where the platform would not name it; then the message is replaced as a whole. */
  readonly card?: string;
  readonly message: string;
  /** Epoch ms on the platform's clock. */
  readonly at: number;
  /** How many cards this run has had before. */
  readonly moves: number;
  readonly key: string;
  readonly to: PostTarget;
}

/** What this process knows of a card beside its ref. It may be gone at any time; then the whole card is written. */
interface CardState {
  sequence: number;
  shown: Card | undefined;
  /** When streaming was switched on last; undefined: unknown, or off. */
  streamingAt: number | undefined;
  lastAt: number;
  line: Promise<unknown>;
}

/** Streaming ends by itself after ten minutes. */
const streamingLifeMs = 8 * 60_000;
/** Cards can be changed for fourteen days. */
const cardLifeMs = 13.5 * 24 * 3_600_000;
/** Ten operations a second on one card, five replacements of one message. */
const spacingMs = 120;
const patchSpacingMs = 250;
const maxAttempts = 6;
const maxSequence = 2_147_483_647;

const goneCodes = [200_740, 200_750, 230_011, 230_031, 230_110, 231_003, 300_311];
const streamingOver = [200_850, 300_309];
const busy = [200_810];
const stale = [300_317];

/** Runs as cards that are typed out while they go on. One writer per card; closing needs nothing but the ref. */
export function createLiveCards(options: LiveCardOptions): LiveView {
  const { api, clock, logger, post } = options;
  const states = createRecent<CardState>(500);

  const stateOf = (ref: CardRef): CardState => {
    const known = states.get(ref.message);
    if (known !== undefined) return known;
    const state: CardState = { sequence: 0, shown: undefined, streamingAt: undefined, lastAt: 0, line: Promise.resolve() };
    states.set(ref.message, state);
    return state;
  };

  /** One operation at a time on a card, not faster than the platform allows, each with a higher sequence. */
  function operate(ref: CardRef, run: (state: CardState) => Promise<unknown>): Promise<void> {
    const state = stateOf(ref);
    const turn = state.line.then(async () => {
      // A clock that was put back must not make the pause longer.
      const spacing = ref.card === undefined ? patchSpacingMs : spacingMs;
      await clock.sleep(Math.min(spacing, state.lastAt + spacing - clock.now()));
      // Milliseconds since the card was made: it grows also over a restart, and fits for longer than a card lives.
      state.sequence = Math.min(maxSequence, Math.max(state.sequence + 1, clock.now() - ref.at));
      try {
        await run(state);
      } finally {
        state.lastAt = clock.now();
      }
    });
    state.line = turn.catch(() => {});
    return turn;
  }

  const change = (ref: CardRef, method: 'PUT' | 'POST' | 'PATCH', path: string, data: JsonObject): Promise<void> =>
    operate(ref, ({ sequence }) =>
      api.call({ method, path: `cardkit/v1/cards/${encodeURIComponent(ref.card ?? '')}${path}`, data: { ...data, sequence } }),
    );

  /** An operation that must come through: waits out clicks, haste and small troubles, and moves the sequence on. */
  async function insist(ref: CardRef, run: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run();
      } catch (error) {
        const state = stateOf(ref);
        if (hasCode(error, stale)) state.sequence += 1_000 * 2 ** attempt;
        else if (!isGatewayError(error) || error.retry === 'never') throw error;
        if (attempt === maxAttempts) throw error;
        const pauseMs = isGatewayError(error) && typeof error.retry === 'object' ? error.retry.afterMs : 250 * 2 ** attempt;
        await clock.sleep(pauseMs);
      }
    }
  }

  const putWhole = async (ref: CardRef, card: Card): Promise<void> => {
    const state = stateOf(ref);
    state.shown = undefined;
    // Whether a whole new card ends streaming is not documented; the next text asks for it again.
    state.streamingAt = undefined;
    const content = JSON.stringify(card);
    if (ref.card === undefined)
      await operate(ref, () =>
        api.call({ method: 'PATCH', path: `im/v1/messages/${encodeURIComponent(ref.message)}`, data: { content } }),
      );
    else await change(ref, 'PUT', '', { card: { type: 'card_json', data: content } });
    state.shown = card;
  };

  async function setStreaming(ref: CardRef, isOn: boolean, summary?: JsonValue): Promise<void> {
    if (ref.card === undefined) return;
    const config = { streaming_mode: isOn, ...(summary !== undefined && { summary }) };
    await change(ref, 'PATCH', '/settings', { settings: JSON.stringify({ config }) });
    stateOf(ref).streamingAt = isOn ? clock.now() : undefined;
  }

  /**
   * Says a card and gets hold of it. The card goes as a message under its uuid and is asked for by that message, not made beforehand: so a
   * second attempt, also of another process, meets the same one.
   */
  async function make(card: Card, target: PostTarget, key: string, moves: number, signal?: AbortSignal): Promise<CardRef> {
    const content = card as unknown as JsonObject;
    const uuid = toUuid(key, `card/${moves}`);
    const posted = await again(() => post(target, { type: 'interactive', content }, uuid, signal));
    const id = await again(() => cardOf(posted.id)).catch((error: unknown) => {
      logger.warn({ error: isGatewayError(error) ? error.message : '' }, 'a run card can only be replaced as a whole');
      return undefined;
    });
    const { message } = target.reply;
    const to = { ...target, reply: message === undefined ? {} : { message } };
    return { ...(id !== undefined && { card: id }), message: posted.id, at: posted.at, moves, key, to };
  }

  /** Repeats what is harmless to repeat while nobody answers: giving up would leave a card that nobody ends. */
  async function again<T>(run: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run();
      } catch (error) {
        if (!isGatewayError(error) || error.retry === 'never' || attempt === maxAttempts) throw error;
        await clock.sleep(typeof error.retry === 'object' ? error.retry.afterMs : 250 * 2 ** attempt);
      }
    }
  }

  async function cardOf(message: string): Promise<string> {
    const answer = await api.call({ method: 'POST', path: 'cardkit/v1/cards/id_convert', data: { message_id: message } });
    const id = textAt(answer.data, 'card_id');
    if (id !== undefined) return id;
    throw new GatewayError('channel.rejected', 'Feishu does not name the card of a message.', { certain: true });
  }

  /** The change from what is shown to what shall be shown. */
  async function show(ref: CardRef, card: Card): Promise<void> {
    const state = stateOf(ref);
    const { shown } = state;
    if (shown === undefined || ref.card === undefined) return putWhole(ref, card);
    const step = diffCard(shown, card);
    switch (step.type) {
      case 'none':
        return;
      case 'whole':
        return putWhole(ref, card);
      case 'elements':
        // Until it is known to have come through, nothing is known about what stands there.
        state.shown = undefined;
        await change(ref, 'POST', '/batch_update', { actions: JSON.stringify(step.actions) });
        state.shown = card;
        return;
      case 'text':
        if (state.streamingAt === undefined || clock.now() - state.streamingAt > streamingLifeMs) await setStreaming(ref, true);
        state.shown = undefined;
        await change(ref, 'PUT', `/elements/${step.element}/content`, { content: step.content });
        state.shown = card;
    }
  }

  /** The card cannot be changed any more: a new message takes over. */
  async function move(ref: CardRef, view: RunView, card: Card, isGone: boolean): Promise<CardRef> {
    const next = await make(card, ref.to, ref.key, ref.moves + 1);
    logger.info({ moves: next.moves }, 'a run card moved to a new message');
    if (!isGone) await endOf(ref, movedCard(view, options.card)).catch(() => {});
    states.delete(ref.message);
    return next;
  }

  /** The last card and the end of streaming, both for sure. */
  async function endOf(ref: CardRef, card: Card): Promise<void> {
    await insist(ref, () => putWhole(ref, card));
    await insist(ref, () => setStreaming(ref, false, card.config.summary));
  }

  /** The end without what the platform may have taken offence at; a card that cannot even be ended so is taken back. */
  async function endPlainly(ref: CardRef, view: RunView): Promise<void> {
    const { status, language = options.card.language } = view;
    const bare: RunView = { ...emptyView, status, language, note: wordsIn(language).followsBelow };
    try {
      await endOf(ref, runCard(bare, options.card).card);
    } catch (error) {
      if (!isGatewayError(error) || error.retry !== 'never') throw error;
      await again(() => api.call({ method: 'DELETE', path: `im/v1/messages/${encodeURIComponent(ref.message)}` }));
    }
  }

  return {
    minIntervalMs: options.minIntervalMs,
    async open(view, to, controls) {
      const target = options.isWanted(to) ? toTarget(to) : undefined;
      if (target === undefined)
        throw new GatewayError('channel.unsupported', 'Runs of this conversation are not shown as cards.', { certain: true });
      return writeRef(await make(runCard(view, options.card, controls).card, target, to.key, 0, to.signal));
    },
    async update(value, view, controls) {
      const ref = readRef(value);
      const { card } = runCard(view, options.card, controls);
      try {
        if (clock.now() - ref.at > cardLifeMs) return writeRef(await move(ref, view, card, false));
        await show(ref, card);
      } catch (error) {
        const state = stateOf(ref);
        if (hasCode(error, goneCodes)) return writeRef(await move(ref, view, card, true));
        if (hasCode(error, streamingOver)) state.streamingAt = undefined;
        else if (hasCode(error, stale)) state.sequence += 1_000;
        else if (isGatewayError(error) && error.code === 'channel.rejected') {
          // Something in it is not to the platform's taste; the answer alone may be.
          await putWhole(ref, runCard(view, { ...options.card, isBare: true }, controls).card).catch((other: unknown) => {
            if (!isPassing(other)) throw other;
          });
        } else if (!isPassing(error)) throw error;
        // The frame is left out; the next one brings everything.
        logger.debug({ error: isGatewayError(error) ? error.message : '' }, 'a frame of a run card was left out');
      }
      return undefined;
    },
    async close(value, view, controls) {
      const ref = readRef(value);
      const { card, isWhole } = runCard(view, options.card, controls);
      try {
        await endOf(ref, card);
      } catch (error) {
        if (hasCode(error, goneCodes)) throw cannotHold('The card is gone', error);
        if (!isGatewayError(error) || error.code !== 'channel.rejected') throw error;
        await endPlainly(ref, view);
        throw cannotHold('Feishu refused the card with the answer', error);
      }
      states.delete(ref.message);
      if (!isWhole) throw cannotHold('The answer is longer than a card');
    },
  };
}

/** Trouble that passes by itself: the frame is skipped. */
function isPassing(error: unknown): boolean {
  return hasCode(error, busy) || (isGatewayError(error) && error.retry !== 'never');
}

function cannotHold(why: string, cause?: unknown): GatewayError {
  return new GatewayError('channel.rejected', `${why}; the answer is to be sent as messages.`, {
    certain: true,
    ...(cause !== undefined && { cause }),
  });
}

function writeRef(ref: CardRef): LiveRef {
  return { ...ref } as unknown as LiveRef;
}

function readRef(value: LiveRef): CardRef {
  const message = textAt(value, 'message');
  if (message !== undefined && isObject(value) && isObject(value.to))
    return { ...(value as unknown as CardRef), at: numberAt(value, 'at') ?? 0 };
  throw new GatewayError('channel.target_gone', 'This is no run card of Feishu.', { certain: true });
}
