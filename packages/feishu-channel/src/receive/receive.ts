import {
  type ChannelBatch,
  type ChannelEvent,
  type ChannelId,
  type Clock,
  type Cursor,
  createPullQueue,
  isGatewayError,
  type Logger,
  retryAfter,
} from '@threadbridge/contract';
import type { Api } from '../api/api.ts';
import { fromClick } from '../convert/from-click.ts';
import { fromComment } from '../convert/from-comment.ts';
import { fromRecall } from '../convert/from-recall.ts';
import { fromEvent, type InboundMessage } from '../convert/inbound.ts';
import { type ConvertOptions, toEvent } from '../convert/to-event.ts';
import { createBackfill } from './backfill.ts';
import type { ClickDesk } from './click-desk.ts';
import { createConnection } from './connection.ts';
import type { Lookups } from './lookups.ts';
import { type KnownPlace, type Position, readPosition } from './position.ts';

export interface ReceiverOptions {
  readonly channel: ChannelId;
  readonly api: Api;
  readonly lookups: Lookups;
  readonly clicks: ClickDesk;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pongTimeoutS: number;
  readonly sweepMs: number;
  readonly clickWaitMs: number;
  /** The toast for a click that nobody answered in time. */
  readonly toast: Readonly<Record<string, unknown>>;
  /** Told whether the platform is heard; `undefined` when the feed is over. */
  readonly onLink: (isUp: boolean | undefined) => void;
  /** An event of this kind came, for whoever wonders whether the app is subscribed to it. */
  readonly onSeen: (kind: 'message' | 'click' | 'comment') => void;
}

interface Item {
  readonly event: ChannelEvent;
  readonly place?: KnownPlace;
}

/** The platform waits three seconds for the answer to an event. */
const ackMs = 2_600;
const sweptPlaces = 20;

/** The feed: events over the long connection, and what was missed, one by one, acknowledged when they were handled. */
export function createReceiver(options: ReceiverOptions) {
  const { api, clock, logger, lookups } = options;
  /** Outlives a reader: what was not handled is yielded to the next one. */
  const queue = createPullQueue<Item>();
  const inFlight = new Map<string, Promise<void>>();
  let order: Promise<unknown> = Promise.resolve();

  /** Hands an event on, once however often it comes at the same time. Resolves when it was handled. */
  function take(id: string, isOrdered: boolean, convert: () => Promise<Item | undefined>): Promise<void> {
    const known = inFlight.get(id);
    if (known !== undefined) return known;
    const converted = convert();
    const before = isOrdered ? order : Promise.resolve();
    const pushed = before.then(async () => {
      const item = await converted;
      return item === undefined ? undefined : { handled: queue.push(item) };
    });
    if (isOrdered) order = pushed.catch(() => {});
    const handled = pushed.then((one) => one?.handled).finally(() => inFlight.delete(id));
    inFlight.set(id, handled);
    // Whoever waits sees it; a backfill does not.
    handled.catch(() => {});
    return handled;
  }

  return async function* receive({
    cursor,
    signal,
  }: {
    readonly cursor?: Cursor;
    readonly signal: AbortSignal;
  }): AsyncGenerator<ChannelBatch> {
    const position = readPosition(cursor);
    const end = new AbortController();
    const over = AbortSignal.any([signal, end.signal]);
    let failure: unknown;
    try {
      const bot = await findBot(over);
      if (bot === undefined) return;
      const session = openSession({ position, bot, signal: over });
      session.run().catch((error: unknown) => {
        failure = error;
        end.abort();
      });
      for await (const { event, place } of queue.receive(over)) {
        if (position.isHandled(event.id)) continue;
        position.handled(event.id, place);
        yield { events: [event], cursor: position.write() };
      }
      if (failure !== undefined && !signal.aborted) throw failure;
    } finally {
      end.abort();
      options.onLink(undefined);
    }
  };

  /** Who we are. Transient trouble is waited out; undefined: aborted. */
  async function findBot(signal: AbortSignal): Promise<string | undefined> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        return await lookups.bot(signal);
      } catch (error) {
        if (signal.aborted) return undefined;
        const pauseMs = retryAfter(error, attempt);
        if (pauseMs === undefined) throw error;
        options.onLink(false);
        logger.warn({ attempt, code: isGatewayError(error) ? error.code : undefined }, 'Feishu cannot be reached');
        await clock.sleep(pauseMs, signal);
      }
    }
    return undefined;
  }

  function openSession(session: { readonly position: Position; readonly bot: string; readonly signal: AbortSignal }) {
    const { position, bot, signal } = session;
    const convert: ConvertOptions = { channel: options.channel, bot, appId: api.options.appId, lookups, signal };

    const takeMessage = (inbound: InboundMessage): Promise<void> => {
      const id = `message/${inbound.id}`;
      if (position.isHandled(id)) return Promise.resolve();
      return take(id, true, async () => {
        const event = await toEvent(inbound, convert);
        return event && { event, place: placeOf(event, inbound) };
      });
    };

    /** The platform's answer waits for this: until handled, or an error in time, so that it comes again. */
    const acknowledged = async (handled: Promise<void>): Promise<void> => {
      const done = new AbortController();
      const late = clock.sleep(ackMs, AbortSignal.any([signal, done.signal])).then(() => {
        if (!done.signal.aborted) throw new Error('The event was not handled in time; it is to come again.');
      });
      await Promise.race([handled, late]).finally(() => done.abort());
    };

    const backfill = createBackfill({
      ...{ api, clock, logger, position, signal },
      isKnown: ({ id, sender }) =>
        position.isHandled(`message/${id}`) || inFlight.has(`message/${id}`) || sender.id === api.options.appId,
      take: takeMessage,
    });

    const connection = createConnection({
      ...{ api, clock, logger, pongTimeoutS: options.pongTimeoutS },
      onConnected: (isAgain) => {
        if (isAgain || position.places.length > 0) void backfill(position.places.toReversed());
      },
      onLink: (isUp) => {
        if (!signal.aborted) options.onLink(isUp);
      },
      handlers: {
        'im.message.receive_v1': async (data) => {
          options.onSeen('message');
          const inbound = fromEvent(data);
          if (inbound !== undefined) await acknowledged(takeMessage(inbound));
        },
        'im.message.recalled_v1': async (data) => {
          const event = await fromRecall(data, convert);
          if (event !== undefined && !position.isHandled(event.id))
            await acknowledged(take(event.id, true, async () => ({ event })));
        },
        'drive.notice.comment_add_v1': async (data) => {
          options.onSeen('comment');
          const event = await fromComment(data, { ...convert, api });
          if (event !== undefined && !position.isHandled(event.id))
            await acknowledged(take(event.id, false, async () => ({ event })));
        },
        'card.action.trigger': async (data) => {
          options.onSeen('click');
          const event = await fromClick(data, convert);
          if (event === undefined) return {};
          const click = event.id.slice('click/'.length);
          options.clicks.open(click);
          await acknowledged(take(event.id, false, async () => ({ event }))).catch((error: unknown) => {
            options.clicks.close(click);
            throw error;
          });
          return (await options.clicks.wait(click, options.clickWaitMs, signal)) ?? { toast: options.toast };
        },
        // Known and of no use; unregistered ones are warned of by the SDK.
        'im.message.message_read_v1': async () => undefined,
        'im.chat.access_event.bot_p2p_chat_entered_v1': async () => undefined,
        'im.message.reaction.created_v1': async () => undefined,
        'im.message.reaction.deleted_v1': async () => undefined,
        'im.chat.member.bot.added_v1': async () => undefined,
        'im.chat.member.bot.deleted_v1': async () => undefined,
      },
    });

    async function sweep(): Promise<void> {
      for (;;) {
        await clock.sleep(options.sweepMs, signal);
        if (signal.aborted) return;
        const unheard = await backfill(position.places.toReversed().slice(0, sweptPlaces));
        if (unheard > 0) connection.renew('it was deaf');
      }
    }

    return {
      run: async () => {
        void sweep();
        await connection.run(signal);
      },
    };
  }
}

function placeOf(event: ChannelEvent, inbound: InboundMessage): KnownPlace {
  const conversation = event.scope.id.slice(event.scope.channel.length + 1);
  return { conversation, kind: event.scope.kind === 'private' ? 'private' : 'group', at: inbound.at };
}
