import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface CliEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves with the match as soon as stdout holds it; rejects when the process ends before. */
  sees(pattern: RegExp): Promise<RegExpExecArray>;
  write(text: string): void;
  readonly end: Promise<CliEnd>;
}

/** Starts the built command line with pipes, and without the variables of whoever runs the tests. */
export function startCli(words: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningCli {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment };
  const child = spawn(process.execPath, [main, ...words], { env });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener();
    });
  }
  child.stdin.on('error', () => {});
  const end = once(child, 'close').then(([code]): CliEnd => ({ code: code as number | null, ...output }));
  return {
    child,
    end,
    write: (text) => void child.stdin.write(text),
    sees(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output.stdout);
          if (found === null) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        void end.then(({ code }) => {
          listeners.delete(look);
          reject(new Error(`ended with ${code} before ${pattern}\n${output.stdout}\n${output.stderr}`));
        });
      });
    },
  };
}

/** Runs the command line to its end, with nothing on its stdin. */
export function runCli(words: readonly string[], environment?: Readonly<Record<string, string>>): Promise<CliEnd> {
  const cli = startCli(words, environment);
  cli.child.stdin.end();
  return cli.end;
}
