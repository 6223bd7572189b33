import {
  type ActorId,
  type Artifact,
  type Attachment,
  actorId,
  asId,
  type Channel,
  type ChannelBatch,
  type ChannelEvent,
  type ChannelId,
  type Clock,
  checkLength,
  createPullQueue,
  type EventId,
  GatewayError,
  type JsonObject,
  type JsonValue,
  type LiveRef,
  type LiveView,
  type MessageId,
  type OutboundControls,
  type OutboundMessage,
  parseScopeId,
  type RunView,
  type Scope,
  scopeId,
  splitMessage,
} from '@threadbridge/contract';
import type { ChatLog } from './chat/chat-log.ts';
import { type Place, type Run, type Said, toSaid, withoutControls } from './chat/to-chat-item.ts';
import { trimView } from './chat/trim-view.ts';
import type { Uploads } from './chat/uploads.ts';
import type { ChatFile, ChatItem } from './wire.ts';

const textLimit = { max: 200_000, unit: 'characters' } as const;

/** Something written on the page. */
export interface WrittenMessage {
  /** Made by the page, once for each message, so that sending it again does no harm. */
  readonly id: string;
  readonly text: string;
  /** Uploaded before, by the names that the console gave them. */
  readonly files: readonly string[];
}

/** Something pressed on the page. */
export interface PressedAction {
  /** Made by the page, once for each press. */
  readonly id: string;
  /** What the control carried. */
  readonly token: string;
  /** What stood in the form, by the names of its fields. */
  readonly values?: JsonObject;
}

/** The chats of the page as a channel. */
export interface ConsoleChannel extends Channel {
  /** Who sits at the page; an owner of the profile. */
  readonly owner: ActorId;
  /** The conversation of a chat; any name makes one. */
  scopeOf(chat: string): Scope;
  /** Resolves once the message is durable. Rejects when the gateway stops before. */
  write(chat: string, message: WrittenMessage): Promise<void>;
  /** Resolves once the press is durable. Rejects when the gateway stops before. */
  press(chat: string, action: PressedAction): Promise<void>;
  /** The file that was said with the message of this key. */
  fileOf(chat: string, key: string, index: number): Artifact | undefined;
  close(): void;
}

export interface ConsoleChannelOptions {
  readonly id: ChannelId;
  readonly log: ChatLog;
  readonly uploads: Uploads;
  readonly clock: Clock;
  /** An item of a chat is new or looks different. */
  readonly onItem: (chat: string, item: ChatItem) => void;
}

/** Makes the {@link ConsoleChannel}. What it says is shown by whoever reads the log. */
export function createConsoleChannel(options: ConsoleChannelOptions): ConsoleChannel {
  const { id, log, uploads, clock, onItem } = options;
  const queue = createPullQueue<ChannelBatch>();
  const owner = actorId(id, 'owner');
  const artifacts = new Map<string, readonly Artifact[]>();

  const scopeOf = (chat: string): Scope => ({ id: scopeId(id, chat), channel: id, kind: 'console', title: chat });
  const put = (chat: string, item: ChatItem) => {
    log.put(chat, item);
    onItem(chat, item);
  };
  const base = (chat: string, event: string) => ({
    id: asId<EventId>(event),
    scope: scopeOf(chat),
    actor: { id: owner, name: 'console' },
    reply: { chat, event },
    at: clock.now(),
  });
  const push = (event: ChannelEvent) => queue.push({ events: [event] });

  function say(scope: Scope, key: string, message: OutboundMessage): void {
    const chat = chatOf(scope);
    const known = log.find(chat, key);
    if (known !== undefined) return;
    if (message.files !== undefined) artifacts.set(`${chat}/${key}`, message.files);
    put(chat, toSaid({ chat, key }, clock.now(), message));
  }

  /** Without an open question, what was offered as an answer is over. */
  function closeQuestions(chat: string): void {
    for (const item of log.items(chat)) if (item.type === 'said' && item.controls !== undefined) put(chat, withoutControls(item));
  }

  /** Once another run begins, what was offered at the end of one is over. */
  function closeEnds(chat: string): void {
    for (const item of log.items(chat)) if (isEnded(item)) put(chat, withoutControls(item));
  }

  function show({ chat, key }: Place, view: RunView, isOpen: boolean, controls?: OutboundControls): void {
    const known = log.find(chat, key);
    const at = known?.at ?? clock.now();
    if (view.approvals.length === 0) closeQuestions(chat);
    put(chat, { type: 'run', id: key, at, view: trimView(view), isOpen, ...(controls && { controls }) });
  }

  const live: LiveView = {
    minIntervalMs: 60,
    async open(view, { to, key }, controls) {
      const chat = chatOf(to);
      closeEnds(chat);
      show({ chat, key }, view, true, controls);
      return { chat, view: key };
    },
    async update(ref, view, controls) {
      show(placeOf(ref), view, true, controls);
      return undefined;
    },
    async close(ref, view, controls) {
      const place = placeOf(ref);
      const known = log.find(place.chat, place.key);
      show(place, known?.type === 'run' ? withSteps(view, known.view) : view, false, controls);
    },
  };

  return {
    id,
    owner,
    scopeOf,
    limits: { text: textLimit },
    capabilities: {
      // The page shows one item for one key, also when this process knows nothing of the first time.
      keyedSend: { lifetimeMs: 365 * 86_400_000 },
      live,
      actions: {
        async respond(reply, message) {
          const click = readStrings(reply, 'chat', 'event');
          if (click === undefined) throw notOurs('a click');
          say(scopeOf(click.chat), `${click.event}/answer`, message);
        },
      },
      attachments: { fetch: (attachment, signal) => uploads.open(attachment.ref, signal) },
    },
    split: (markdown) => splitMessage(markdown, textLimit.max),
    receive: ({ signal }) => queue.receive(signal),
    async send(message, { to, key, signal }) {
      if (signal?.aborted) throw calledOff();
      checkLength(message.markdown, textLimit);
      say(to, key, message);
      return { id: asId<MessageId>(key) };
    },
    async write(chat, { id: event, text, files }) {
      if (log.find(chat, event) !== undefined) return;
      const attachments: readonly Attachment[] = files.map((file) => uploads.attachment(file));
      const shown = attachments.map(
        ({ name, sizeBytes, mediaType }): ChatFile => ({
          name: name ?? '',
          sizeBytes: sizeBytes ?? 0,
          mediaType: mediaType ?? '',
        }),
      );
      put(chat, { type: 'mine', id: event, at: clock.now(), text, files: shown });
      await push({
        ...base(chat, event),
        type: 'message.received',
        ...{ text, attachments, message: asId<MessageId>(event), isAddressed: true },
      });
    },
    async press(chat, { id: event, token, values }) {
      for (const item of log.items(chat)) {
        const label = item.type === 'mine' ? undefined : labelOf(item, token);
        if (label === undefined) continue;
        if (item.type === 'said') put(chat, { ...withoutControls(item), chosen: label });
        else if (isEnded(item)) put(chat, withoutControls(item));
      }
      await push({
        ...base(chat, event),
        type: 'action.invoked',
        token,
        ...(values && { values }),
      });
    },
    fileOf: (chat, key, index) => artifacts.get(`${chat}/${key}`)?.[index],
    close: () => queue.close(),
  };
}

/** Whether it is the end of a run that still offers something. */
function isEnded(item: ChatItem): item is Run {
  return item.type === 'run' && !item.isOpen && item.controls !== undefined;
}

/** What stands on the button with this token. */
function labelOf({ controls }: Said | Run, token: string): string | undefined {
  const all = [...(controls?.actions ?? []), ...(controls?.choices ?? []), ...(controls?.form ? [controls.form.submit] : [])];
  return all.find((one) => one.token === token)?.label;
}

/** A view that is closed by another process than the one that showed it knows the answer alone. */
function withSteps(end: RunView, shown: RunView): RunView {
  const isRicher = end.steps.length === 0 && shown.steps.length > 0;
  const diff = end.diff ?? shown.diff;
  return isRicher
    ? { ...end, steps: shown.steps, plan: shown.plan.length > end.plan.length ? shown.plan : end.plan, ...(diff && { diff }) }
    : end;
}

function chatOf(scope: Scope): string {
  return parseScopeId(scope.id).conversation;
}

/** Throws `channel.rejected` where somebody else made the ref. */
function placeOf(ref: LiveRef): Place {
  const known = readStrings(ref, 'chat', 'view');
  if (known === undefined) throw notOurs('a live view');
  return { chat: known.chat, key: known.view };
}

function readStrings<Name extends string>(value: JsonValue, ...names: readonly Name[]): Record<Name, string> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found = value as JsonObject;
  return names.every((name) => typeof found[name] === 'string') ? (found as Record<Name, string>) : undefined;
}

function notOurs(what: string): GatewayError {
  return new GatewayError('channel.rejected', `The console was given ${what} that it did not make.`, { certain: true });
}

function calledOff(): GatewayError {
  return new GatewayError('channel.unreachable', 'Showing a message on the console was called off before it began.', {
    certain: true,
  });
}
