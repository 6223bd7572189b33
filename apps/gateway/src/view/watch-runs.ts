import {
  emptyView,
  type RunEvent,
  type RunHandle,
  type Runner,
  type RunView,
  reduceView,
  type ThreadId,
} from '@threadbridge/contract';
import type { Changes } from './changes.ts';

/** A runner that is watched, and what its runs show now. */
export interface WatchedRuns {
  readonly runner: Runner;
  /** What the turn that goes on in a thread shows; a thread has one at a time. */
  viewOf(thread: ThreadId): RunView | undefined;
}

/** Watches the runs of a runner without standing in their way. */
export function watchRuns(runner: Runner, { tell }: Changes): WatchedRuns {
  const views = new Map<ThreadId, RunView>();

  async function* watch(events: AsyncIterable<RunEvent>, attached?: ThreadId): AsyncGenerator<RunEvent> {
    let thread = attached;
    let view = emptyView;
    try {
      for await (const event of events) {
        if (event.type === 'thread.started') thread = event.thread;
        view = reduceView(view, event);
        if (thread !== undefined) views.set(thread, view);
        tell({ type: 'run' });
        yield event;
      }
    } finally {
      if (thread !== undefined && views.get(thread) === view) views.delete(thread);
      tell({ type: 'run' });
    }
  }

  const watched = (handle: RunHandle, thread?: ThreadId): RunHandle => ({
    events: watch(handle.events, thread),
    steer: (text) => handle.steer(text),
    interrupt: () => handle.interrupt(),
    answer: (approval, answer) => handle.answer(approval, answer),
  });
  const { attach } = runner.capabilities;

  return {
    runner: {
      start: (input, options) => watched(runner.start(input, options)),
      check: () => runner.check(),
      capabilities: {
        ...runner.capabilities,
        ...(attach && {
          attach: (thread: ThreadId, turn: Parameters<typeof attach>[1]) => watched(attach(thread, turn), thread),
        }),
      },
      [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
    },
    viewOf: (thread) => views.get(thread),
  };
}
