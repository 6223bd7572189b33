import {
  type Clock,
  emptyView,
  GatewayError,
  isGatewayError,
  type JsonObject,
  type LiveView,
  type Logger,
  type RunView,
  type SendOptions,
} from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { hasCode } from '../errors.ts';
import { textAt } from '../json.ts';
import { toUuid } from '../send/key.ts';
import type { Poster, PostTarget } from '../send/post-message.ts';
import { toTarget } from '../send/send-message.ts';
import { wordsIn } from '../words.ts';
import type { Card } from './card-json.ts';
import { type CardRef, cardLifeMs, readRef, writeRef } from './card-ref.ts';
import { createCardWriter } from './card-writer.ts';
import { insist } from './insist.ts';
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

const goneCodes = [200_740, 200_750, 230_011, 230_031, 230_110, 231_003, 300_311];
const streamingOver = [200_850, 300_309];
const busy = [200_810];

/** Runs as cards that are typed out while they go on. One writer per card; closing needs nothing but the ref. */
export function createLiveCards(options: LiveCardOptions): LiveView {
  const { api, clock, logger, post } = options;
  const writer = createCardWriter({ api, clock });

  /**
   * Says a card and gets hold of it. The card goes as a message under its uuid and is asked for by that message, not made beforehand: so a
   * second attempt, also of another process, meets the same one.
   */
  async function make(card: Card, target: PostTarget, key: string, moves: number, signal?: AbortSignal): Promise<CardRef> {
    const content = card as unknown as JsonObject;
    const uuid = toUuid(key, `card/${moves}`);
    // Giving up would leave a card that nobody ends.
    const posted = await insist(clock, () => post(target, { type: 'interactive', content }, uuid, signal));
    const id = await insist(clock, () => cardOf(posted.id)).catch((error: unknown) => {
      logger.warn({ error: isGatewayError(error) ? error.message : '' }, 'a run card can only be replaced as a whole');
      return undefined;
    });
    const { message } = target.reply;
    const to = { ...target, reply: message === undefined ? {} : { message } };
    return { ...(id !== undefined && { card: id }), message: posted.id, at: posted.at, moves, key, to };
  }

  async function cardOf(message: string): Promise<string> {
    const answer = await api.call({ method: 'POST', path: 'cardkit/v1/cards/id_convert', data: { message_id: message } });
    const id = textAt(answer.data, 'card_id');
    if (id !== undefined) return id;
    throw new GatewayError('channel.rejected', 'Feishu does not name the card of a message.', { certain: true });
  }

  /** The card cannot be changed any more: a new message takes over. */
  async function move(ref: CardRef, view: RunView, card: Card, isGone: boolean): Promise<CardRef> {
    const next = await make(card, ref.to, ref.key, ref.moves + 1);
    logger.info({ moves: next.moves }, 'a run card moved to a new message');
    if (!isGone) await writer.end(ref, movedCard(view, options.card)).catch(() => {});
    writer.forget(ref);
    return next;
  }

  /** The end without what the platform may have taken offence at; a card that cannot even be ended so is taken back. */
  async function endPlainly(ref: CardRef, view: RunView): Promise<void> {
    const { status, language = options.card.language } = view;
    const bare: RunView = { ...emptyView, status, language, note: wordsIn(language).followsBelow };
    try {
      await writer.end(ref, runCard(bare, options.card).card);
    } catch (error) {
      if (!isGatewayError(error) || error.retry !== 'never') throw error;
      await insist(clock, () => api.call({ method: 'DELETE', path: `im/v1/messages/${encodeURIComponent(ref.message)}` }));
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
        await writer.show(ref, card);
      } catch (error) {
        if (hasCode(error, goneCodes)) return writeRef(await move(ref, view, card, true));
        if (hasCode(error, streamingOver)) writer.streamingIsOver(ref);
        else if (isGatewayError(error) && error.code === 'channel.rejected') {
          // Something in it is not to the platform's taste; the answer alone may be.
          await writer.replace(ref, runCard(view, { ...options.card, isBare: true }, controls).card).catch((other: unknown) => {
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
        await writer.end(ref, card);
      } catch (error) {
        if (hasCode(error, goneCodes)) throw cannotHold('The card is gone', error);
        if (!isGatewayError(error) || error.code !== 'channel.rejected') throw error;
        await endPlainly(ref, view);
        throw cannotHold('Feishu refused the card with the answer', error);
      }
      writer.forget(ref);
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
