import {
  asId,
  type ChannelBatch,
  type ChannelId,
  type Clock,
  type Cursor,
  explain,
  type GatewayError,
  isGatewayError,
  type Logger,
} from '@threadbridge/contract';
import type { Api } from './api/call.ts';
import { getUpdates, type Updates } from './api/get-updates.ts';
import { notify } from './api/notify.ts';
import { toEvent } from './convert/to-event.ts';
import { type IlinkCredentials, loginName } from './credentials.ts';
import { HttpStatusError } from './errors.ts';

export interface ReceiverOptions {
  readonly api: Api;
  readonly channel: ChannelId;
  /** Asked at the beginning of each feed, for a login may be renewed. */
  readonly credentials: () => IlinkCredentials;
  /** Told whether the service is heard; `undefined` when the feed is over. */
  readonly onLink: (isUp: boolean | undefined) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Receive = (options: {
  readonly cursor?: Cursor;
  readonly signal: AbortSignal;
}) => AsyncGenerator<ChannelBatch, void, undefined>;

const firstTimeoutMs = 35_000;
const longestTimeoutMs = 120_000;
const shortestTimeoutMs = 5_000;
/** Our own timeout lies behind the service's, or answers get lost in the race. */
const marginMs = 5_000;
const longestPauseMs = 30_000;
const notifyTimeoutMs = 5_000;

/** The poll loop. A batch that was not acknowledged is kept: the service was seen to give every answer only once. */
export function createReceiver({ api, channel, credentials, onLink, clock, logger }: ReceiverOptions): Receive {
  let unacknowledged: { readonly batch: ChannelBatch } | undefined;
  let reader: AbortController | undefined;
  let leaving: Promise<void> = Promise.resolve();

  async function* receive({
    cursor,
    signal: outer,
  }: {
    readonly cursor?: Cursor;
    readonly signal: AbortSignal;
  }): AsyncGenerator<ChannelBatch, void, undefined> {
    // Two polls of one bot would steal each other's messages.
    reader?.abort();
    const own = new AbortController();
    reader = own;
    const signal = AbortSignal.any([outer, own.signal]);
    await unlessAborted(leaving, signal);
    if (signal.aborted) return;
    await say('start', signal);
    const account = credentials();
    try {
      let position = cursor;
      if (unacknowledged !== undefined) {
        const { batch } = unacknowledged;
        if (batch.cursor !== cursor && !signal.aborted) yield batch;
        unacknowledged = undefined;
        position = batch.cursor;
      }
      yield* poll(position === undefined ? '' : fromCursor(loginName(account), position), account, signal);
    } finally {
      own.abort();
      if (reader === own) onLink(undefined);
      leaving = say('stop');
    }
  }

  async function* poll(
    from: string,
    account: IlinkCredentials,
    signal: AbortSignal,
  ): AsyncGenerator<ChannelBatch, void, undefined> {
    let position = from;
    let pace = { timeoutMs: firstTimeoutMs, capMs: longestTimeoutMs };
    let failures = 0;
    let endings = 0;
    while (!signal.aborted) {
      const askedAt = clock.now();
      const failed = new AbortController();
      if (failures > 0) void say('start', AbortSignal.any([signal, failed.signal]));
      try {
        const timeoutMs = Math.min(pace.timeoutMs + marginMs, pace.capMs);
        const updates = await getUpdates(api, position, { timeoutMs, signal });
        failures = 0;
        endings = 0;
        if (updates.isAnswer) onLink(true);
        const hintMs = updates.hintMs ?? pace.timeoutMs;
        pace = { ...pace, timeoutMs: Math.min(Math.max(hintMs, shortestTimeoutMs), longestTimeoutMs) };
        const batch = toBatch(updates, account);
        const isNew = batch.events.length > 0 || updates.cursor !== position;
        position = updates.cursor;
        if (!isNew) continue;
        unacknowledged = { batch };
        yield batch;
        unacknowledged = undefined;
      } catch (error) {
        failed.abort();
        if (signal.aborted) return;
        if (!isGatewayError(error)) throw error;
        const heldMs = clock.now() - askedAt;
        if (isGatewayTimeout(error) && heldMs >= shortestTimeoutMs) {
          // A proxy ends idle polls after a while of its own: ask for less the next time, without a pause.
          pace = { ...pace, capMs: Math.max(shortestTimeoutMs, heldMs - 2_000) };
          continue;
        }
        if (error.code === 'channel.unauthorized') {
          // Some sessions were said to come back when the bot reports itself; one try, then a person has to log in.
          endings += 1;
          if (endings > 1) throw error;
          logger.warn({ channel, code: error.code }, 'WeChat says that the session has ended; asking once more');
          await say('start', signal);
          continue;
        }
        failures += 1;
        onLink(false);
        const pauseMs = Math.min(1_000 * 2 ** (failures - 1), longestPauseMs);
        logger.warn({ channel, code: error.code, failures, pauseMs, reason: error.message }, 'a poll failed');
        await clock.sleep(pauseMs, signal);
      }
    }
  }

  function toBatch({ messages, cursor }: Updates, account: IlinkCredentials): ChannelBatch {
    const now = clock.now();
    const login = loginName(account);
    const events = messages
      .map((message) => toEvent(message, { channel, accountId: account.accountId, login, now, leadMs: api.leadMs }))
      .filter((event) => event !== undefined);
    const unique = events.filter((event, index) => events.findIndex((other) => other.id === event.id) === index);
    return { events: unique, cursor: toCursor(login, cursor) };
  }

  /**
   * Tells the service that the bot comes or goes; it works without, too. Unlike a poll, which may be held, it is answered at once: that is how
   * we know early that somebody is there.
   */
  async function say(news: 'start' | 'stop', signal?: AbortSignal): Promise<void> {
    try {
      await notify(api, news, { timeoutMs: notifyTimeoutMs, ...(signal && { signal }) });
      if (news === 'start' && !signal?.aborted) onLink(true);
    } catch (error) {
      if (!signal?.aborted) logger.debug({ channel, reason: explain(error) }, `notify${news} failed`);
    }
  }

  return receive;
}

/** A cursor belongs to one login: it carries a hash of it, so that after a new login the feed begins anew. */
function toCursor(login: string, position: string): Cursor {
  return asId<Cursor>(`${login}.${position}`);
}

function fromCursor(login: string, cursor: Cursor): string {
  return cursor.startsWith(`${login}.`) ? cursor.slice(login.length + 1) : '';
}

function isGatewayTimeout(error: GatewayError): boolean {
  return error.cause instanceof HttpStatusError && [408, 504, 524].includes(error.cause.status);
}

function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const over = new AbortController();
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
  });
  return Promise.race([work, aborted]).finally(() => over.abort());
}
