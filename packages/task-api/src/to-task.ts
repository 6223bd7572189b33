import type { Approval, PlacedTaskEntry, RunView } from '@threadbridge/contract';
import { viewText } from '@threadbridge/contract';
import type { Task, TaskEvent, TaskRequest, TaskStatus } from './task.ts';
import type { KeptTask } from './task-body.ts';

/** What the gateway knows of a task's conversation now. */
export interface TaskPeek {
  readonly phase: 'idle' | 'collecting' | 'preparing' | 'running';
  readonly thread?: string;
  /** What waits for an answer. */
  readonly requests: readonly { readonly approval: Approval; readonly code: string; readonly askedAt: number }[];
}

/** How a task stands: by its conversation while something goes on there, else by how it ended. */
export function statusOf({ body }: KeptTask, peek: TaskPeek | undefined): TaskStatus {
  switch (peek?.phase) {
    case 'collecting':
    case 'preparing':
      return 'queued';
    case 'running':
      return peek.requests.length > 0 ? 'waiting' : 'running';
    case 'idle':
    case undefined:
      return body.end?.status ?? 'queued';
  }
}

export function toTask(
  task: KeptTask,
  peek: TaskPeek | undefined,
  view: RunView | undefined,
  events: readonly PlacedTaskEntry[],
): Task {
  const { id, createdAt, updatedAt, body } = task;
  const { prompt, cwd, model, sandbox, approvals, notify, end, notices } = body;
  const status = statusOf(task, peek);
  const isOver = status === end?.status;
  return {
    ...{ id, status, prompt, sandbox, approvals, notify: [...notify], createdAt, updatedAt },
    ...(cwd !== undefined && { cwd }),
    ...(model !== undefined && { model }),
    ...(isOver && { endedAt: end.at }),
    ...(peek?.thread !== undefined && { thread: peek.thread }),
    text: isOver ? end.text : view === undefined ? '' : viewText(view),
    ...(isOver && end.note !== undefined && { note: end.note }),
    requests: isOver ? [] : (peek?.requests ?? []).map(toRequest),
    notices: notices.map(({ dueAt: _, ...notice }) => notice),
    events: events.map(toEvent),
  };
}

function toRequest({ approval, code, askedAt }: TaskPeek['requests'][number]): TaskRequest {
  const { id, kind, offered, ...detail } = approval;
  return { id, code, kind, offered: [...offered], askedAt, detail };
}

export function toEvent({ seq, at, body }: PlacedTaskEntry): TaskEvent {
  const { type, ...detail } = body;
  return { seq, at, type: String(type), detail };
}
