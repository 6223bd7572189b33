import type { JsonObject, StoredTask } from '@threadbridge/contract';
import type { TaskNotice, TaskStatus } from './task.ts';

/** How a task's run ended. */
export interface TaskEnd {
  readonly status: Extract<TaskStatus, 'completed' | 'failed' | 'interrupted'>;
  readonly text: string;
  readonly note?: string;
  readonly at: number;
}

/** What is kept of a task beside its log. */
export interface TaskBody {
  readonly prompt: string;
  readonly cwd?: string;
  readonly model?: string;
  readonly sandbox: 'read-only' | 'workspace-write';
  readonly approvals: 'untrusted' | 'on-request';
  readonly notify: readonly string[];
  /** The view of the run that goes on, by the key it was opened with. */
  readonly view?: string;
  readonly end?: TaskEnd;
  readonly notices: readonly KeptNotice[];
}

/** A notice with the moment of its next try, epoch ms; absent: there is none. */
export type KeptNotice = TaskNotice & { readonly dueAt?: number };

export interface KeptTask extends Omit<StoredTask, 'body'> {
  readonly body: TaskBody;
}

export function fromStored(stored: StoredTask): KeptTask {
  return { ...stored, body: stored.body as unknown as TaskBody };
}

/** The task with another body, due when the first of its notices is. */
export function toStored({ dueAt: _, body, ...task }: KeptTask, updatedAt: number): StoredTask {
  const due = body.notices.flatMap((notice) => notice.dueAt ?? []);
  return { ...task, updatedAt, body: body as unknown as JsonObject, ...(due.length > 0 && { dueAt: Math.min(...due) }) };
}
