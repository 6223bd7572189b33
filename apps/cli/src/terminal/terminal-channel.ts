import {
  type ActorId,
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
  type LiveRef,
  type LiveView,
  type MessageId,
  type OutboundAction,
  type OutboundMessage,
  type RunView,
  type Scope,
  type SendOptions,
  type SentMessage,
  scopeId,
  splitMessage,
  systemClock,
} from '@threadbridge/contract';
import { type Language, textsIn } from '../texts/texts.ts';
import { activity, closeView, type Following, followView, nothingPrinted, type Printed } from './follow-view.ts';
import { markdownLines } from './markdown-line.ts';
import { plainText } from './plain-text.ts';
import { shortcut } from './shortcut.ts';
import { gap, line } from './spans.ts';
import type { Surface } from './surface.ts';

/** The name under which the terminal is configured and its person is an owner. */
export const terminalChannelId: ChannelId = asId('terminal');
/** The person at the keyboard. */
export const terminalActorId: ActorId = actorId(terminalChannelId, 'me');

const textLimit = { max: 200_000, unit: 'characters' } as const;
/** Runs whose end is remembered, so that a repeated close prints nothing. */
const rememberedRuns = 100;

export interface TerminalChannelOptions {
  readonly surface: Surface;
  /** Names this sitting; never used before, because event ids are made of it. */
  readonly session: string;
  readonly clock?: Clock;
  /** Makes absolute paths readable. Default: as they are. */
  readonly shortPath?: (path: string) => string;
  /** In which steps and states are told, where a view names no other. Default `en`. */
  readonly language?: Language;
}

/** What reached the terminal. */
export type Happening =
  | { readonly type: 'said'; readonly markdown: string; readonly actions: readonly OutboundAction[] }
  | { readonly type: 'watched'; readonly view: RunView }
  | { readonly type: 'ended'; readonly view: RunView };

/** A chat at the keyboard, as a channel like any other. */
export interface TerminalChannel extends Channel {
  readonly scope: Scope;
  /** What the person wrote. Resolves once it was taken over; rejects when the channel closes before. */
  say(text: string): Promise<void>;
  /** A button that was shown with a message. */
  press(action: OutboundAction): Promise<void>;
  /** The buttons of the one open question; undefined while there is none, or more than one. */
  readonly question: readonly OutboundAction[] | undefined;
  /** True from a message until something came of it, and while a run is shown. */
  readonly isBusy: boolean;
  /** Resolves when nothing is awaited and no run is shown, or when the signal aborts. */
  idle(signal?: AbortSignal): Promise<void>;
  /** Tells what reached the terminal. Answers with the way to stop it. */
  watch(listener: (happening: Happening) => void): () => void;
  close(): void;
}

interface ShownRun {
  readonly printed: Printed;
  /** What it does now. */
  readonly doing: string;
  readonly since: number;
  readonly isClosed: boolean;
}

/** Makes a {@link TerminalChannel}: lines go to a surface, messages come from {@link TerminalChannel.say}. */
export function createTerminalChannel(options: TerminalChannelOptions): TerminalChannel {
  const { surface, session } = options;
  const clock = options.clock ?? systemClock;
  const own = options.language ?? 'en';
  const words = textsIn(own).terminal;
  const { shortPath = (path: string) => path } = options;
  const inWords = ({ language = own }: RunView) => ({ shortPath, words: textsIn(language).terminal });
  const scope: Scope = { id: scopeId(terminalChannelId, 'chat'), channel: terminalChannelId, kind: 'private', title: 'terminal' };
  const queue = createPullQueue<ChannelBatch>();
  const shown = new Map<string, ShownRun>();
  const listeners = new Set<(happening: Happening) => void>();
  let questions: (readonly OutboundAction[])[] = [];
  const idlers = new Set<() => void>();
  // A prompt is answered by a run or by words; a command by words, at the latest when the run ends.
  let awaited = { prompts: 0, commands: 0, since: 0 };
  let count = 0;

  const tell = (happening: Happening) => {
    for (const listener of listeners) listener(happening);
  };
  const openRuns = () => [...shown.values()].filter((run) => !run.isClosed);
  const push = (make: (id: EventId) => ChannelEvent) => {
    count += 1;
    return queue.push({ events: [make(asId(`${session}-${count}`))] });
  };
  const base = (id: EventId) => ({
    id,
    scope,
    actor: { id: terminalActorId, name: 'terminal' },
    reply: { event: id },
    at: clock.now(),
  });
  const isBusy = () => awaited.prompts + awaited.commands > 0 || openRuns().length > 0;
  const showStatus = () => {
    const run = openRuns().at(-1);
    const isYesOrNo = questions.length === 1 && shortcut('y', questions[0]) !== undefined;
    const hint = isYesOrNo ? words.yesOrNo : '';
    if (run !== undefined) surface.setStatus({ text: `${run.doing}${hint}`, since: run.since });
    else if (awaited.prompts + awaited.commands > 0) surface.setStatus({ text: words.sent, since: awaited.since });
    else surface.setStatus(undefined);
  };
  const expectAnswers = (change: Partial<typeof awaited>) => {
    awaited = { ...awaited, ...change };
    showStatus();
    if (!isBusy()) for (const wake of idlers) wake();
  };

  const print = (key: string, run: ShownRun, next: Following, isClosed: boolean) => {
    shown.set(key, { ...run, printed: next.printed, isClosed });
    for (const old of [...shown.keys()].slice(0, -rememberedRuns)) if (shown.get(old)?.isClosed) shown.delete(old);
    if (next.lines.length > 0) surface.print(next.lines);
    surface.setTail(next.tail);
  };
  const run = (key: string): ShownRun =>
    shown.get(key) ?? { printed: nothingPrinted, doing: words.working, since: clock.now(), isClosed: false };
  const follow = (key: string, current: RunView) => {
    const known = run(key);
    if (known.isClosed) return;
    if (current.approvals.length === 0) questions = [];
    const view = inWords(current);
    print(key, { ...known, doing: activity(current, view.words) }, followView(known.printed, current, view), false);
    showStatus();
    tell({ type: 'watched', view: current });
  };

  const live: LiveView = {
    async open(current, { key }) {
      follow(key, current);
      expectAnswers({ prompts: 0 });
      return { run: key };
    },
    async update(ref, current) {
      follow(keyOf(ref), current);
      return undefined;
    },
    async close(ref, current) {
      const key = keyOf(ref);
      const known = run(key);
      if (known.isClosed) return;
      questions = [];
      const next = closeView(known.printed, current, inWords(current));
      print(key, known, { ...next, lines: [...next.lines, gap] }, true);
      expectAnswers({ commands: 0 });
      tell({ type: 'ended', view: current });
    },
  };

  return {
    id: terminalChannelId,
    scope,
    limits: { text: textLimit },
    capabilities: { live, actions: { respond: async (_, message) => show(message) } },
    split: (markdown) => splitMessage(markdown, textLimit.max),
    receive: ({ signal }) => queue.receive(signal),
    send,
    say(text) {
      const kind = text.startsWith('/') ? 'commands' : 'prompts';
      expectAnswers({ [kind]: awaited[kind] + 1, ...(!isBusy() && { since: clock.now() }) });
      return push((id) => ({
        ...base(id),
        type: 'message.received',
        text,
        attachments: [],
        message: asId<MessageId>(id),
        isAddressed: true,
      }));
    },
    press(action) {
      expectAnswers({ commands: awaited.commands + 1 });
      questions = questions.filter((actions) => !actions.includes(action));
      return push((id) => ({ ...base(id), type: 'action.invoked', token: action.token }));
    },
    get question() {
      return questions.length === 1 ? questions[0] : undefined;
    },
    get isBusy() {
      return isBusy();
    },
    idle(signal) {
      if (!isBusy() || signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          idlers.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        idlers.add(wake);
        signal?.addEventListener('abort', wake);
      });
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => queue.close(),
  };

  async function send(message: OutboundMessage, { signal }: SendOptions): Promise<SentMessage> {
    if (signal?.aborted)
      throw new GatewayError('channel.unreachable', 'Printing to the terminal was called off before it began.', {
        certain: true,
      });
    checkLength(message.markdown, textLimit);
    show(message);
    return {};
  }

  function show(message: OutboundMessage): void {
    const files = (message.files ?? []).map((file) =>
      line(
        { text: words.file({ name: plainText(file.name), sizeBytes: file.sizeBytes }), style: 'cyan' },
        { text: plainText(file.path) },
      ),
    );
    surface.print([gap, ...markdownLines(message.markdown), ...files, gap]);
    const offered = message.actions ?? [];
    // What can be refused is a question; it answers nothing that was asked.
    const actions = offered.some((action) => action.style === 'danger') ? offered : [];
    if (actions.length > 0) {
      questions.push(actions);
      showStatus();
    } else expectAnswers(awaited.commands > 0 ? { commands: awaited.commands - 1 } : { prompts: 0 });
    tell({ type: 'said', markdown: message.markdown, actions });
  }
}

function keyOf(ref: LiveRef): string {
  const key = typeof ref === 'object' && ref !== null && 'run' in ref ? ref.run : undefined;
  if (typeof key === 'string') return key;
  throw new GatewayError('channel.rejected', 'The terminal was given a live view that it did not make.', { certain: true });
}
