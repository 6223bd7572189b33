import { stripVTControlCharacters } from 'node:util';
import { type IPty, spawn } from '@lydell/node-pty';

/** A program on a real pseudo-terminal of 80 by 24, with a person before it. */
export interface Terminal {
  /** Types, as the keys send it. */
  press(...keys: readonly string[]): void;
  /** Resolves with the match once this was written after all that was seen before; rejects when the program ends without it. */
  sees(pattern: RegExp): Promise<RegExpExecArray>;
  /** Everything written so far, without colours and movements. */
  readonly output: string;
  /** The exit code. */
  readonly end: Promise<number>;
  kill(): void;
  /** Closes the window: the program is told so by the system, and has nobody to write to any more. */
  close(): void;
}

/** What keys send. */
export const keys = { enter: '\r', down: '\u001b[B', escape: '\u001b', interrupt: '\u0003', leave: '\u0004' } as const;

export interface TerminalOptions {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
}

export function openTerminal({ program, words, environment, directory }: TerminalOptions): Terminal {
  const pty = spawn(program, [...words], { name: 'xterm-256color', cols: 80, rows: 24, cwd: directory, env: { ...environment } });
  let raw = '';
  let seen = 0;
  let wake = () => {};
  let hasEnded = false;
  pty.onData((data) => {
    raw += data;
    wake();
  });
  const end = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode }) => {
      hasEnded = true;
      wake();
      resolve(exitCode);
    });
  });
  const output = () => stripVTControlCharacters(raw);
  return {
    end,
    kill: () => pty.kill(),
    // Not in the types.
    close: () => (pty as IPty & { readonly destroy: () => void }).destroy(),
    get output() {
      return output();
    },
    press: (...typed) => pty.write(typed.join('')),
    async sees(pattern) {
      const deadline = AbortSignal.timeout(60_000);
      deadline.addEventListener('abort', () => wake(), { once: true });
      for (;;) {
        const found = pattern.exec(output().slice(seen));
        if (found !== null) {
          seen += found.index + found[0].length;
          return found;
        }
        if (hasEnded || deadline.aborted)
          throw new Error(`It ${hasEnded ? 'ended' : 'waited a minute'} and did not show ${pattern}:\n${output()}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
