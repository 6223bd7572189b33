import { randomUUID } from 'node:crypto';
import type { ChatLog } from './chat/chat-log.ts';
import type { FeedEvent, LoginState, Topic } from './wire.ts';

/** What a page listens to: everything that happens from a place on. */
export interface Feed {
  /** Counts everything that is told. */
  nextPlace(): number;
  /** Tells every page. */
  tell(event: Exclude<FeedEvent, { readonly type: 'reset' }>): void;
  /**
   * Follows from the place that an earlier connection reached, until the signal aborts. Nothing that stands is left out: what changed
   * meanwhile is told in its latest state.
   */
  follow(after: string | undefined, listener: (id: string, event: FeedEvent) => void, signal: AbortSignal): void;
}

export interface FeedOptions {
  readonly log: () => ChatLog;
  readonly logins: () => readonly LoginState[];
}

const everything: readonly Topic[] = ['runs', 'conversations', 'deliveries', 'channels'];

export function createFeed({ log, logins }: FeedOptions): Feed {
  // Places mean something only in the process that counted them.
  const epoch = randomUUID();
  const listeners = new Set<(id: string, event: FeedEvent) => void>();
  let place = 0;
  const name = (at: number) => `${epoch}.${at}`;

  function placeOf(id: string | undefined): number | undefined {
    const [known, at] = id?.split('.') ?? [];
    return known === epoch && at !== undefined && /^\d+$/.test(at) ? Number(at) : undefined;
  }

  return {
    nextPlace: () => ++place,
    tell(event) {
      const id = name(place);
      for (const listener of listeners) listener(id, event);
    },
    follow(after, listener, signal) {
      if (signal.aborted) return;
      const from = placeOf(after);
      if (from === undefined) listener(name(place), { type: 'reset' });
      else {
        for (const { chat, item, place: at } of log().changedAfter(from)) listener(name(at), { type: 'item', chat, item });
        listener(name(place), { type: 'news', topics: everything });
      }
      for (const login of logins()) listener(name(place), { type: 'login', login });
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
  };
}
