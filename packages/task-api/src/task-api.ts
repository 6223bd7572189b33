import type { Task, TaskAnswer, TaskNews, TaskPage, TaskWish } from './task.ts';

/** Who asks: a program, or a person at the terminal of this computer. Only a person's answer is an approval. */
export type Caller = 'program' | 'person';

/** Whoever waits for news is answered after this long; many a client and proxy ends a request after a minute. */
export const longestWaitMs = 55_000;

/** What can be done with tasks; the one service behind MCP, HTTP and the command line. Rejects with a {@link TaskError}. */
export interface TaskApi {
  /** `key`: the same wish under the same key is the same task, also after a crash in between. */
  start(wish: TaskWish, by: Caller, key?: string): Promise<Task>;
  status(id: string): Promise<Task>;
  /** The newest first; `before` comes from the page before. */
  list(query?: { readonly before?: string; readonly limit?: number }): Promise<TaskPage>;
  /** Puts words into the running turn. */
  steer(id: string, text: string, by: Caller): Promise<Task>;
  interrupt(id: string, by: Caller): Promise<Task>;
  /** Answers a request, named by its id or its code. */
  respond(id: string, request: string, answer: TaskAnswer, by: Caller): Promise<Task>;
  /** Sends a notice once more that did not arrive; the same delivery id, so that whoever has it knows it. */
  renotify(id: string, notice: string): Promise<Task>;
  /** What was told behind the place `after`; waits at most `waitMs`, and 55 s, for the first of it. */
  watch(id: string, after: number, waitMs: number, signal?: AbortSignal): Promise<TaskNews>;
}

/** `refused`: policy says no. `conflict`: the task is not in a state for that. */
export type TaskErrorCode = 'invalid' | 'unauthorized' | 'refused' | 'not_found' | 'conflict' | 'unavailable';

/** Why something was not done; the message is for whoever asked. */
export class TaskError extends Error {
  readonly code: TaskErrorCode;

  constructor(code: TaskErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'TaskError';
    this.code = code;
  }
}
