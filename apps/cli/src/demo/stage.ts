import { type Io, mayColour } from '../io.ts';
import { newSession, shortPathIn } from '../open-chat.ts';
import { duration } from '../terminal/duration.ts';
import { createPlainSurface } from '../terminal/plain-surface.ts';
import { gap, type Line, line } from '../terminal/spans.ts';
import { createTerminalChannel, type TerminalChannel } from '../terminal/terminal-channel.ts';
import type { Texts } from '../texts/texts.ts';
import { converse, type Exchange, type Question } from './converse.ts';

/** Where a conversation without a person is played: it prints both sides and keeps account of what was true. */
export interface Stage {
  readonly texts: Texts;
  print(...lines: readonly Line[]): void;
  /** The title of the next step. */
  headline(text: string): void;
  /** A new sitting at the same terminal. */
  newChannel(): TerminalChannel;
  /** Says something as a person would, and waits for what comes of it. */
  ask(channel: TerminalChannel, text: string, onQuestion?: (question: Question) => void): Promise<Exchange>;
  /** Says something without waiting. */
  type(channel: TerminalChannel, text: string): void;
  /** Prints claims with their truth. */
  check(...claims: readonly (readonly [isTrue: boolean, claim: string])[]): void;
  /** Claims that were not true. */
  readonly failures: readonly string[];
}

export interface StageOptions {
  readonly io: Io;
  readonly workspace: string;
  readonly signal: AbortSignal;
  /** Default false; otherwise nothing is printed. */
  readonly isSilent?: boolean;
}

/** Long enough for a slow machine; a step that hangs must not hang the rest. */
const answerTimeoutMs = 120_000;

export function createStage({ io, workspace, signal, isSilent = false }: StageOptions): Stage {
  const surface = createPlainSurface({
    write: (text) => void (isSilent || io.stdout.write(text)),
    hasColours: io.stdout.isTTY === true && mayColour(io.environment),
  });
  const { texts } = io;
  const session = newSession();
  const failures: string[] = [];
  let headlines = 0;
  let sittings = 0;
  const print = (...lines: readonly Line[]) => surface.print(lines);
  const echo = (text: string) => print(line({ text: `› ${text}`, style: 'bold' }));
  return {
    texts,
    print,
    failures,
    headline(text) {
      headlines += 1;
      print(gap, line({ text: `${headlines}. ${text}`, style: 'heading' }), gap);
    },
    newChannel() {
      sittings += 1;
      return createTerminalChannel({
        surface,
        session: `${session}.${sittings}`,
        shortPath: shortPathIn(workspace),
        language: io.language,
      });
    },
    async ask(channel, text, onQuestion) {
      echo(text);
      const late = AbortSignal.timeout(answerTimeoutMs);
      try {
        return await converse(channel, text, { signal: AbortSignal.any([signal, late]), ...(onQuestion && { onQuestion }) });
      } catch (error) {
        if (error !== late.reason) throw error;
        throw new Error(texts.demo.late({ text, for: duration(answerTimeoutMs) }), { cause: error });
      }
    },
    type(channel, text) {
      echo(text);
      // It fails only when the channel closes, and then whoever waits for an answer learns of it.
      void channel.say(text).catch(() => {});
    },
    check(...claims) {
      print(gap);
      for (const [isTrue, claim] of claims) {
        if (!isTrue) failures.push(claim);
        print(
          isTrue
            ? line({ text: 'ok  ', style: 'green' }, { text: claim, style: 'dim' })
            : line({ text: texts.demo.notTrue(claim), style: 'red' }),
        );
      }
    },
  };
}
