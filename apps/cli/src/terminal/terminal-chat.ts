import type { ReadStream } from 'node:tty';
import { type Clock, type OutboundAction, systemClock } from '@threadbridge/contract';
import { type Language, textsIn } from '../texts/texts.ts';
import type { Wish } from './edit-line.ts';
import { openKeyboard } from './keyboard.ts';
import { onInterrupt } from './on-interrupt.ts';
import { createPlainSurface } from './plain-surface.ts';
import { readMessages } from './read-messages.ts';
import { createScreen, type Screen } from './screen.ts';
import { shortcut } from './shortcut.ts';
import { type Line, line } from './spans.ts';
import { createTerminalChannel, type TerminalChannel } from './terminal-channel.ts';

export interface TerminalChatOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** Default true; colours are used on a terminal only. */
  readonly mayColour?: boolean;
  /** See `TerminalChannelOptions`. */
  readonly session: string;
  readonly shortPath?: (path: string) => string;
  readonly language?: Language;
  readonly clock?: Clock;
}

/** How a sitting at the terminal ended. */
export type ChatEnd = 'left' | 'interrupted' | 'inputEnded';

/** A chat between a person, or a pipe, and whoever receives the channel. */
export interface TerminalChat {
  readonly channel: TerminalChannel;
  /** Whether a person sits there. */
  readonly isInteractive: boolean;
  print(lines: readonly Line[]): void;
  /** Ctrl-C, also where it arrives as a signal. */
  interrupt(): void;
  /** Reads until the person leaves, the input ends, or the signal aborts. What is said afterwards is still shown. */
  talk(signal: AbortSignal): Promise<ChatEnd>;
  /** Shows what is left and leaves the terminal as it was found. */
  close(): void;
}

const redrawMs = 120;

/** Makes a {@link TerminalChat}: with an editable line on a terminal, with plain lines in a pipe. */
export function createTerminalChat(options: TerminalChatOptions): TerminalChat {
  const { input, output } = options;
  const { language = 'en' } = options;
  const clock = options.clock ?? systemClock;
  const hasColours = output.isTTY === true && options.mayColour !== false;
  const isInteractive = input.isTTY === true && output.isTTY === true;
  const write = (text: string) => void output.write(text);
  const screen = isInteractive
    ? createScreen({
        write,
        hasColours,
        now: () => clock.now(),
        size: () => ({ columns: output.columns || 80, rows: output.rows || 24 }),
      })
    : undefined;
  const surface = screen ?? createPlainSurface({ write, hasColours });
  const channel = createTerminalChannel({
    surface,
    session: options.session,
    clock,
    ...(options.shortPath && { shortPath: options.shortPath }),
    language,
  });
  const leaving = createDeparture();
  let previousInterrupt: number | undefined;
  let stopDrawing = () => {};

  const say = (text: string) => void channel.say(text).catch(() => leaving.resolve('left'));
  const interrupt = () => {
    const now = clock.now();
    const meaning = onInterrupt({ now, previous: previousInterrupt, isBusy: channel.isBusy });
    previousInterrupt = now;
    if (meaning === 'leave') return leaving.resolve('interrupted');
    surface.print([line({ text: textsIn(language).terminal.stopping, style: 'yellow' })]);
    say('/stop');
  };
  const send = (text: string) => {
    if (isFarewell(text)) return leaving.resolve('left');
    const action = isInteractive ? shortcut(text, channel.question) : undefined;
    if (action === undefined) return say(text);
    void channel.press(action).catch(() => leaving.resolve('left'));
  };

  async function talkOnScreen(shown: Screen): Promise<ChatEnd> {
    const onWish = (wish: Wish) => {
      switch (wish.type) {
        case 'send':
          shown.print(echo(wish.text));
          return send(wish.text);
        case 'interrupt':
          return interrupt();
        case 'leave':
          return leaving.resolve('left');
        case 'clearScreen':
          return shown.clear();
      }
    };
    const giveBack = openKeyboard({ input: input as ReadStream, write, onDraft: (draft) => shown.setInput(draft), onWish });
    const redraw = () => shown.refresh();
    const ticking = setInterval(() => channel.isBusy && redraw(), redrawMs);
    output.on('resize', redraw);
    stopDrawing = () => {
      clearInterval(ticking);
      output.off('resize', redraw);
    };
    try {
      return await leaving.promise;
    } finally {
      shown.setInput(undefined);
      giveBack();
    }
  }

  async function talkInPipe(signal: AbortSignal): Promise<ChatEnd> {
    const stopping = new AbortController();
    const reading = AbortSignal.any([signal, stopping.signal]);
    const read = async (): Promise<ChatEnd> => {
      for await (const message of readMessages(input, reading)) {
        if (isFarewell(message)) return 'left';
        // One prompt after the other; commands answer questions and end runs, so they go at once.
        if (!message.startsWith('/')) await channel.idle(reading);
        await channel.say(message);
      }
      declineQuestions(channel);
      await channel.idle(reading);
      return 'inputEnded';
    };
    const end = await Promise.race([leaving.promise, read().catch((): ChatEnd => 'left')]);
    stopping.abort();
    return end;
  }

  return {
    channel,
    isInteractive,
    print: (lines) => surface.print(lines),
    interrupt,
    async talk(signal) {
      const stop = () => leaving.resolve('left');
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await (screen === undefined ? talkInPipe(signal) : talkOnScreen(screen));
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    close() {
      leaving.resolve('left');
      channel.close();
      stopDrawing();
      screen?.close();
    },
  };
}

function createDeparture(): { readonly promise: Promise<ChatEnd>; readonly resolve: (end: ChatEnd) => void } {
  let resolve = (_: ChatEnd) => {};
  const promise = new Promise<ChatEnd>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** From now on nobody can answer, so every question is answered with no. */
function declineQuestions(channel: TerminalChannel): void {
  const decline = (actions: readonly OutboundAction[]) => {
    const no = actions.find((action) => action.style === 'danger');
    if (no !== undefined) void channel.press(no).catch(() => {});
  };
  channel.watch((happening) => happening.type === 'said' && decline(happening.actions));
  if (channel.question !== undefined) decline(channel.question);
}

function isFarewell(text: string): boolean {
  return /^\/(exit|quit)$/.test(text.trim());
}

function echo(text: string): readonly Line[] {
  return text.split('\n').map((part, at) => line({ text: at === 0 ? '› ' : '  ', style: 'bold' }, { text: part, style: 'bold' }));
}
