import type { JsonObject } from './json.ts';

/** A task as it is kept. What `body` holds is the business of whoever serves tasks. */
export interface StoredTask {
  readonly id: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When something of it is to be done again (a notice that did not arrive); absent: nothing is. */
  readonly dueAt?: number;
  readonly body: JsonObject;
}

/** Something that was asked of a task, or told about it. */
export interface TaskEntry {
  readonly task: string;
  /** Names this entry for ever: the same key is the same entry. */
  readonly key: string;
  readonly at: number;
  /** `asked`: an inbound fact, on its way to a decision. `told`: for those who watch. */
  readonly kind: 'asked' | 'told';
  readonly body: JsonObject;
}

export interface PlacedTaskEntry extends TaskEntry {
  /** Grows from entry to entry, over all tasks. Never 0. */
  readonly seq: number;
}

/** Where tasks are kept. Each call is atomic. */
export interface TaskStore {
  /** Keeps the task as it is now and adds entries at the end; entries whose key is known fall away. */
  write(task: StoredTask, entries?: readonly TaskEntry[]): Promise<void>;
  load(id: string): Promise<StoredTask | undefined>;
  /** The newest first, at most `limit`; `before`: only those made before that one. */
  list(query: { readonly before?: string; readonly limit: number }): Promise<readonly StoredTask[]>;
  /** Those of which something is to be done, the earliest first, at most `limit`. */
  due(limit: number): Promise<readonly StoredTask[]>;
  /** What was asked, of all tasks, behind the place `after`, in order, at most `limit`. */
  asked(after: number, limit: number): Promise<readonly PlacedTaskEntry[]>;
  /** What was told about one task behind the place `after`, in order, at most `limit`. */
  told(task: string, after: number, limit: number): Promise<readonly PlacedTaskEntry[]>;
  /** The last `limit` things told about one task, in order. */
  latest(task: string, limit: number): Promise<readonly PlacedTaskEntry[]>;
}
