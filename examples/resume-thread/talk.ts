import type { RunEvent, RunInput, Runner, ThreadId } from '@threadbridge/contract';

export interface Talk {
  readonly thread: ThreadId;
  readonly text: string;
}

/**
 * One turn. `remember` is called when the thread is known and before the turn is asked for: what is written down then is there after any
 * crash.
 */
export async function talk(runner: Runner, input: RunInput, remember: (thread: ThreadId) => Promise<void>): Promise<Talk> {
  let thread: ThreadId | undefined;
  let last: RunEvent | undefined;
  for await (const event of runner.start(input).events) {
    last = event;
    if (event.type !== 'thread.started') continue;
    thread = event.thread;
    await remember(thread);
  }
  if (thread === undefined || last?.type !== 'turn.completed') throw new Error(`The turn ended as ${last?.type}.`);
  return { thread, text: last.text };
}
