import type { ReadStream } from 'node:tty';
import { type Io, mayColour } from '../io.ts';
import { plainText } from '../terminal/plain-text.ts';
import { paint, type Style, wrapSpans } from '../terminal/spans.ts';
import { listenForKeys } from './listen-for-keys.ts';

/** The person leaves; what was done stays. */
export class Left extends Error {}

/** The person does not want to wait any longer for what was being waited for. */
export class WaitedEnough extends Error {}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** Asks and tells, at a terminal. Every question rejects with {@link Left} where the person leaves instead. */
export interface Guide {
  open(title: string, note: string): void;
  tell(text: string, tone?: Tone): void;
  /** Shows rows as they are: a picture, or something to be copied. */
  show(rows: string): void;
  choose<Value extends string>(question: string, choices: readonly Choice<Value>[]): Promise<Value>;
  type(
    question: string,
    options?: { readonly initial?: string; readonly check?: (text: string) => string | undefined },
  ): Promise<string>;
  /** Asks for what must not be shown. */
  secret(question: string): Promise<string>;
  /**
   * Waits for something that happens elsewhere, and which may ask questions meanwhile. Rejects with {@link WaitedEnough} at Esc, and aborts
   * the work whenever it does not wait to its end.
   */
  wait<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  close(text: string): void;
}

export type Tone = 'done' | 'note' | 'trouble';

export interface GuideOptions {
  readonly io: Io;
  /** Ends every question as if the person had left. */
  readonly signal: AbortSignal;
}

/** Makes a {@link Guide} on a terminal. */
export async function createGuide({ io, signal }: GuideOptions): Promise<Guide> {
  // Loaded here, since a start that has nothing to ask does not need it.
  const clack = await import('@clack/prompts');
  const { stdin: input, stdout: output } = io;
  const common = { input, output, signal };
  const hasColours = mayColour(io.environment);
  const said = (text: string, style?: Style) =>
    wrapSpans([{ text, ...(style && { style }) }], Math.max(20, (output.columns || 80) - 4)).map((row) => paint(row, hasColours));
  let waiting: { pause(): void; resume(): void; leave(): void } | undefined;

  async function answered<Value>(ask: () => Promise<Value | typeof clack.CANCEL_SYMBOL>): Promise<Value> {
    waiting?.pause();
    const answer = await ask();
    if (clack.isCancel(answer)) {
      waiting?.leave();
      throw new Left();
    }
    waiting?.resume();
    return answer;
  }

  return {
    open(title, note) {
      clack.intro(paint([{ text: title, style: 'bold' }], hasColours), { output });
      clack.log.message(said(note, 'dim'), { output, spacing: 0 });
    },
    tell(text, tone = 'note') {
      const rows = said(plainText(text)).join('\n');
      if (tone === 'done') clack.log.success(rows, { output });
      else if (tone === 'trouble') clack.log.warn(rows, { output });
      else clack.log.message(rows, { output });
    },
    show: (rows) => clack.log.message(rows.split('\n'), { output, spacing: 1 }),
    choose: (message, choices) =>
      answered(() =>
        clack.select<string>({ ...common, message, options: [...choices], showInstructions: false }),
      ) as Promise<never>,
    type: (message, { initial, check } = {}) =>
      answered(() =>
        clack.text({
          ...{ ...common, message },
          ...(initial !== undefined && { initialValue: initial }),
          ...(check && { validate: (text) => check(text ?? '') }),
        }),
      ),
    secret: (message) => answered(() => clack.password({ ...common, message })),
    async wait(work) {
      const stop = new AbortController();
      let end: Left | WaitedEnough | undefined;
      const endBy = (error: Left | WaitedEnough) => {
        end ??= error;
        stop.abort();
      };
      const listen = () =>
        listenForKeys(input as ReadStream, { onLeave: () => endBy(new Left()), onEscape: () => endBy(new WaitedEnough()) });
      let keys: Disposable | undefined = listen();
      const pause = () => {
        keys?.[Symbol.dispose]();
        keys = undefined;
      };
      waiting = {
        pause,
        resume() {
          keys ??= listen();
        },
        leave: () => endBy(new Left()),
      };
      try {
        const result = await work(AbortSignal.any([signal, stop.signal]));
        if (end === undefined && !signal.aborted) return result;
        throw end ?? new Left();
      } catch (error) {
        throw end ?? (signal.aborted ? new Left() : error);
      } finally {
        waiting = undefined;
        pause();
      }
    },
    close: (text) => clack.outro(said(text).join('\n'), { output }),
  };
}
