import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessGroup } from '../process-group.ts';
import type { Home } from './home.ts';

/** What a command did. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  /** Both streams, in order. */
  readonly said: string;
}

/** The hands of a step: all that it starts ends with its time. */
export interface Visit {
  readonly home: Home;
  readonly signal: AbortSignal;
  /** Runs `threadbridge` to its end; refuses another exit code than `code`, 0 unless said otherwise. */
  threadbridge(args: readonly string[], code?: number): Promise<Said>;
  /** The same for npm. */
  npm(args: readonly string[]): Promise<Said>;
  /** Starts what goes on until the trial ends. */
  start(name: string, command: string, args: readonly string[]): ProcessGroup;
  /** What was started under that name. */
  running(name: string): ProcessGroup;
  /** Asks until there is an answer; in vain until the step's time is over. */
  until<T>(what: string | (() => string), ask: () => Promise<T | undefined>): Promise<T>;
}

const askEveryMs = 100;

export function visit(home: Home, signal: AbortSignal): Visit {
  const toEnd = async (group: ProcessGroup, expected: number): Promise<Said> => {
    await using running = group;
    const code = await running.ended;
    signal.throwIfAborted();
    const { stdout, said } = running;
    assert.equal(code, expected, `${group.command} ended with ${code} instead of ${expected}:\n${said}`);
    return { code, stdout, said };
  };
  return {
    ...{ home, signal },
    threadbridge: (args, code = 0) => toEnd(home.start('threadbridge', args, signal), code),
    npm: (args) => toEnd(home.startNpm(args, signal), 0),
    start(name, command, args) {
      const group = home.start(command, args, signal);
      home.running.set(name, group);
      return group;
    },
    running(name) {
      const group = home.running.get(name);
      assert.ok(group, `${name} was not started`);
      return group;
    },
    async until(what, ask) {
      for (;;) {
        const answer = await ask();
        if (answer !== undefined) return answer;
        await pause(askEveryMs, undefined, { signal }).catch(() => {
          throw new Error(`waited in vain for ${typeof what === 'string' ? what : what()}`);
        });
      }
    },
  };
}
