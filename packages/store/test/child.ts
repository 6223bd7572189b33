import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A program of `processes/`, run for a test. */
export interface Child extends AsyncDisposable {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  /** The next line it says; rejects when it ended instead. */
  line(): Promise<string>;
  /** Kills it (SIGKILL), waits for its end and gives what it had said and nobody has read. */
  kill(): Promise<readonly string[]>;
}

export function runChild(program: string, ...args: readonly string[]): Child {
  const path = fileURLToPath(new URL(`./processes/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'close');
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  };
  // Also after a test that ran out of time, whose own clean-up is never reached.
  onTestFinished(end);
  return {
    process: child,
    async line() {
      const next = await lines.next();
      if (next.done) await ended;
      if (next.done) throw new Error(`${program} ended without another word (exit code ${child.exitCode}).`);
      return next.value;
    },
    async kill() {
      await end();
      const rest: string[] = [];
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
      return rest;
    },
    [Symbol.asyncDispose]: end,
  };
}
