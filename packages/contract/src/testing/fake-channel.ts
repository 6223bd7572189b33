import type { Attachment } from '../artifact.ts';
import { createBell } from '../bell.ts';
import type { Channel, LiveRef, RespondOptions } from '../channel.ts';
import type { ChannelEvent, MessageReceived } from '../channel-event.ts';
import { GatewayError } from '../errors.ts';
import { actorId, asId, type ChannelId, type Cursor, type EffectKey, type EventId, type MessageId, scopeId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { OutboundControls, OutboundMessage, SendOptions } from '../outbound.ts';
import type { RunView } from '../run-view.ts';
import type { Actor, Scope } from '../scope.ts';
import type { SendBudget } from '../send-budget.ts';

/** A message as the platform shows it. */
export interface ShownMessage {
  readonly key: EffectKey;
  readonly scope: Scope;
  readonly message: OutboundMessage;
}

/** A live view as the platform shows it. */
export interface ShownView {
  readonly key: EffectKey;
  readonly scope: Scope;
  view: RunView;
  /** What may be done now. */
  controls: OutboundControls;
  isClosed: boolean;
}

/** A file that somebody sends. */
export interface SaidFile {
  /** Default `file`. */
  readonly kind?: Attachment['kind'];
  readonly name?: string;
  readonly bytes: Uint8Array;
}

/** A chat platform in memory. It outlives every channel that connects to it, as platforms do. */
export interface FakePlatform {
  readonly id: ChannelId;
  readonly owner: Actor;
  readonly privateScope: Scope;
  readonly feed: readonly ChannelEvent[];
  /** Everything that people see, in order. */
  readonly shown: readonly ShownMessage[];
  readonly views: readonly ShownView[];
  /** What clicks were answered with, in order. */
  readonly answered: readonly (OutboundMessage & RespondOptions)[];
  /** Somebody writes. The owner, in the private chat, unless said otherwise. */
  say(
    text: string,
    from?: {
      readonly actor?: Actor;
      readonly scope?: Scope;
      readonly at?: number;
      readonly files?: readonly SaidFile[];
    },
  ): MessageReceived;
  emit(event: ChannelEvent): void;
  /** Somebody presses what carries the token, or sends its form. */
  press(token: string, from?: { readonly actor?: Actor; readonly scope?: Scope; readonly values?: JsonObject }): void;
  /** The next send fails like this: before it was shown (`isShown` false) or after. */
  failNext(error: GatewayError, isShown?: boolean): void;
  /** Makes a connection. */
  connect(): Channel;
}

/** What the platform can do. */
export interface FakePlatformOptions {
  /** Default `fake`. */
  readonly id?: string;
  /** A send with a key seen before is shown once. Default true. */
  readonly isKeyed?: boolean;
  /** Shows buttons and answers clicks: `answered`. Default false. */
  readonly hasActions?: boolean;
  /** Offers live views. Default false. */
  readonly hasLive?: boolean;
  /** Longest text in characters. Default 2,000. */
  readonly maxText?: number;
  /** Lets us speak only so often. */
  readonly budget?: SendBudget;
  readonly now?: () => number;
}

/** Makes a chat platform in memory, with one owner and their private chat. Channels that connect to it come and go; it stays. */
export function createFakePlatform(options: FakePlatformOptions = {}): FakePlatform {
  const id = asId<ChannelId>(options.id ?? 'fake');
  const owner: Actor = { id: actorId(id, 'owner'), name: 'Olga' };
  const privateScope: Scope = { id: scopeId(id, 'private'), channel: id, kind: 'private' };
  const max = options.maxText ?? 2_000;
  const now = options.now ?? (() => 1_700_000_000_000);
  const feed: ChannelEvent[] = [];
  const shown: ShownMessage[] = [];
  const views: ShownView[] = [];
  const answered: (OutboundMessage & RespondOptions)[] = [];
  const failures: { readonly error: GatewayError; readonly isShown: boolean }[] = [];
  const files: Uint8Array[] = [];
  const bell = createBell();

  function emit(event: ChannelEvent): void {
    feed.push(event);
    bell.ring();
  }

  async function* receive(from: { readonly cursor?: Cursor; readonly signal: AbortSignal }) {
    for (let position = Number(from.cursor ?? 0); !from.signal.aborted; ) {
      const event = feed[position];
      if (event === undefined) {
        await bell.next(from.signal);
        continue;
      }
      yield { events: [event], cursor: asId<Cursor>(String(position + 1)) };
      position += 1;
    }
  }

  async function send(message: OutboundMessage, to: SendOptions) {
    if (Array.from(message.markdown).length > max) {
      throw new GatewayError('channel.rejected', `The fake platform takes ${max} characters a message.`, { certain: true });
    }
    const failure = failures.shift();
    if (failure !== undefined && !failure.isShown) throw failure.error;
    const known = options.isKeyed !== false && shown.some((one) => one.key === to.key);
    if (!known) shown.push({ key: to.key, scope: to.to, message });
    if (failure !== undefined) throw failure.error;
    return { id: asId<MessageId>(to.key) };
  }

  function viewAt(ref: LiveRef): ShownView {
    const view = views[Number(ref)];
    if (view === undefined)
      throw new GatewayError('channel.target_gone', 'The fake platform has no such view.', { certain: true });
    return view;
  }

  return {
    ...{ id, owner, privateScope, feed, shown, views, answered, emit },
    say(text, from = {}) {
      const n = feed.length + 1;
      const event: MessageReceived = {
        type: 'message.received',
        id: asId<EventId>(`m${n}`),
        message: asId<MessageId>(`in-${n}`),
        scope: from.scope ?? privateScope,
        actor: from.actor ?? owner,
        text,
        attachments: (from.files ?? []).map(({ kind = 'file', name, bytes }) => {
          files.push(bytes);
          return { kind, sizeBytes: bytes.length, ref: files.length - 1, ...(name !== undefined && { name }) };
        }),
        isAddressed: true,
        reply: { to: `in-${n}` },
        at: from.at ?? now(),
      };
      emit(event);
      return event;
    },
    press(token, from = {}) {
      const n = feed.length + 1;
      const { scope = privateScope, actor = owner, values } = from;
      const id = asId<EventId>(`c${n}`);
      emit({ type: 'action.invoked', id, scope, actor, token, reply: { click: n }, at: now(), ...(values && { values }) });
    },
    failNext(error, isShown = false) {
      failures.push({ error, isShown });
    },
    connect: () => ({
      id,
      limits: { text: { max, unit: 'characters' }, ...(options.budget && { budget: options.budget }) },
      capabilities: {
        attachments: {
          async fetch({ ref }) {
            const bytes = files[Number(ref)];
            if (bytes === undefined)
              throw new GatewayError('channel.target_gone', 'The fake platform has no such file.', { certain: true });
            return new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
          },
        },
        ...(options.isKeyed !== false && { keyedSend: { lifetimeMs: 3_600_000 } }),
        ...(options.hasActions && {
          actions: {
            async respond(_, message, { keepsMessage } = {}) {
              answered.push({ ...message, ...(keepsMessage && { keepsMessage }) });
            },
          },
        }),
        ...(options.hasLive && {
          live: {
            async open(view, to, controls = {}) {
              const known = views.findIndex((one) => one.key === to.key);
              if (known !== -1) return known;
              views.push({ key: to.key, scope: to.to, view, controls, isClosed: false });
              return views.length - 1;
            },
            async update(ref, view, controls = {}) {
              Object.assign(viewAt(ref), { view, controls });
              return undefined;
            },
            async close(ref, view, controls = {}) {
              Object.assign(viewAt(ref), { view, controls, isClosed: true });
            },
          },
        }),
      },
      receive,
      send,
      split: (markdown) => splitByLength(markdown, max),
    }),
  };
}

function splitByLength(text: string, max: number): readonly string[] {
  const characters = Array.from(text);
  const parts: string[] = [];
  for (let at = 0; at < characters.length; at += max) parts.push(characters.slice(at, at + max).join(''));
  return parts.length === 0 ? [text] : parts;
}
