import type { Clock, JsonObject, JsonValue } from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { createRecent } from '../api/recent.ts';
import { hasCode } from '../errors.ts';
import type { Card } from './card-json.ts';
import { type CardRef, cardLifeMs } from './card-ref.ts';
import { diffCard } from './diff-card.ts';
import { insist } from './insist.ts';

/** Changes cards that were made: one writer per card, in a line, within what the platform allows. Errors are those of the API. */
export interface CardWriter {
  /** The change from what is shown to what shall be shown. */
  show(ref: CardRef, card: Card): Promise<void>;
  /** The whole card anew. */
  replace(ref: CardRef, card: Card): Promise<void>;
  /** The last card and the end of streaming, both for sure. */
  end(ref: CardRef, card: Card): Promise<void>;
  /** The platform says that streaming is over: the next text asks for it again. */
  streamingIsOver(ref: CardRef): void;
  /** Nothing more is to be written to it. */
  forget(ref: CardRef): void;
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
/** Ten operations a second on one card, five replacements of one message. */
const spacingMs = 120;
const patchSpacingMs = 250;
const maxSequence = 2_147_483_647;
/** A sequence that is not above the last one. */
const staleCodes = [300_317];
/** So far ahead another writer may have been, or a clock that was put back since: a minute, an hour, a day, a week. */
const leaps = [60_000, 3_600_000, 86_400_000, 604_800_000];

export function createCardWriter({ api, clock }: { readonly api: Api; readonly clock: Clock }): CardWriter {
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
      const ageMs = Math.min(cardLifeMs, clock.now() - ref.at);
      state.sequence = Math.min(maxSequence, Math.max(state.sequence + 1, ageMs));
      try {
        await run(state);
      } finally {
        state.lastAt = clock.now();
      }
    });
    state.line = turn.catch(() => {});
    return turn;
  }

  /** Where the platform has seen a higher sequence than ours, ours leaps until it is above that. */
  async function change(ref: CardRef, method: 'PUT' | 'POST' | 'PATCH', path: string, data: JsonObject): Promise<void> {
    const attempt = () =>
      operate(ref, ({ sequence }) =>
        api.call({ method, path: `cardkit/v1/cards/${encodeURIComponent(ref.card ?? '')}${path}`, data: { ...data, sequence } }),
      );
    for (const leap of leaps) {
      try {
        return await attempt();
      } catch (error) {
        if (!hasCode(error, staleCodes)) throw error;
        stateOf(ref).sequence += leap;
      }
    }
    await attempt();
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

  return {
    replace: putWhole,
    async show(ref, card) {
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
    },
    async end(ref, card) {
      await insist(clock, () => putWhole(ref, card));
      await insist(clock, () => setStreaming(ref, false, card.config.summary));
    },
    streamingIsOver(ref) {
      stateOf(ref).streamingAt = undefined;
    },
    forget: (ref) => void states.delete(ref.message),
  };
}
