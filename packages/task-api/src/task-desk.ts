import {
  type Clock,
  createBell,
  type JsonObject,
  type PlacedTaskEntry,
  type RunView,
  type StoredTask,
  type TaskEntry,
  type TaskStore,
} from '@threadbridge/contract';
import { fromStored, type KeptTask, type TaskBody, type TaskEnd, toStored } from './task-body.ts';
import type { TaskPeek } from './to-task.ts';

export interface TaskDeskOptions {
  readonly store: TaskStore;
  readonly peek: (task: string) => Promise<TaskPeek | undefined>;
  /** What is to be told outside when a task ends. */
  readonly notices: (task: KeptTask) => TaskBody['notices'];
  readonly clock: Clock;
}

/** The kept tasks, what is shown of them now, and who waits for news. Changes of one task follow one another. */
export interface TaskDesk {
  load(id: string): Promise<KeptTask | undefined>;
  /** Makes the task with what is first asked of it. False: there is such a task already. */
  make(task: StoredTask, asked: TaskEntry): Promise<boolean>;
  /** Something is asked of the task; it is on its way to a decision when this resolves. */
  ask(id: string, asked: Omit<TaskEntry, 'task' | 'kind'>): Promise<void>;
  /** What was asked behind a place; waits until there is something. Empty after an abort. */
  asked(after: number, limit: number, signal: AbortSignal): Promise<readonly PlacedTaskEntry[]>;
  begin(id: string, view: string): Promise<void>;
  end(id: string, view: string, end: Omit<TaskEnd, 'at'>): Promise<void>;
  tell(id: string, key: string, text: string): Promise<void>;
  show(id: string, view: RunView, news: readonly { readonly key: string; readonly body: JsonObject }[]): Promise<void>;
  /** What the run shows now; undefined where none goes on. */
  shown(id: string): RunView | undefined;
  change(id: string, change: (task: KeptTask) => TaskBody, told?: readonly Omit<TaskEntry, 'kind' | 'task'>[]): Promise<void>;
  /** The first answer of `look` that is not undefined; it looks at once and after every change, until `ms` have passed or the signal aborts. */
  until<T>(look: () => Promise<T | undefined>, ms: number, signal?: AbortSignal): Promise<T | undefined>;
  /** Resolves at the next change of anything, after `ms`, or at an abort. */
  changed(ms: number, signal?: AbortSignal): Promise<void>;
}

const hourMs = 3_600_000;

export function createTaskDesk({ store, peek, notices, clock }: TaskDeskOptions): TaskDesk {
  const views = new Map<string, RunView>();
  const lines = new Map<string, Promise<unknown>>();
  const bell = createBell();
  /** News that were written by this process; a long run shows them over and over. */
  const known = new Map<string, Set<string>>();

  const inLine = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const done = (lines.get(id) ?? Promise.resolve()).then(work);
    const last = done.catch(() => {});
    lines.set(id, last);
    void last.then(() => {
      if (lines.get(id) === last) lines.delete(id);
    });
    return done;
  };
  /** Under a signal that aborts after `ms`, with the given one, and when the work is done: no timer is left behind. */
  async function within<T>(ms: number, signal: AbortSignal | undefined, work: (over: AbortSignal) => Promise<T>): Promise<T> {
    const over = new AbortController();
    const end = () => over.abort();
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
    void clock.sleep(ms, over.signal).then(end);
    try {
      return await work(over.signal);
    } finally {
      signal?.removeEventListener('abort', end);
      end();
    }
  }
  const load = async (id: string) => {
    const stored = await store.load(id);
    return stored && fromStored(stored);
  };

  const desk: TaskDesk = {
    load,
    make: (task, asked) =>
      inLine(task.id, async () => {
        if ((await store.load(task.id)) !== undefined) return false;
        const told = {
          task: task.id,
          key: `${task.id}/made`,
          at: task.createdAt,
          kind: 'told',
          body: { type: 'task.asked' },
        } as const;
        await store.write(task, [asked, told]);
        bell.ring();
        return true;
      }),
    ask: (id, asked) =>
      inLine(id, async () => {
        const task = await store.load(id);
        if (task === undefined) return;
        await store.write(task, [{ ...asked, task: id, kind: 'asked' }]);
        bell.ring();
      }),
    async asked(after, limit, signal) {
      for (;;) {
        const look = async () => nonEmpty(await store.asked(after, limit));
        const found = await desk.until(look, hourMs, signal);
        if (found !== undefined || signal.aborted) return found ?? [];
      }
    },
    until: (look, ms, signal) =>
      within(ms, signal, async (over) => {
        for (;;) {
          const changed = bell.next(over);
          const found = await look();
          if (found !== undefined || over.aborted) return found;
          await changed;
        }
      }),
    change: (id, change, told = []) =>
      inLine(id, async () => {
        const task = await load(id);
        if (task === undefined) return;
        const entries = told.map((entry): TaskEntry => ({ ...entry, task: id, kind: 'told' }));
        await store.write(toStored({ ...task, body: change(task) }, clock.now()), entries);
        bell.ring();
      }),
    begin: (id, view) =>
      desk.change(id, ({ body: { end: _, ...body } }) => ({ ...body, view }), [
        { key: `${view}/begun`, at: clock.now(), body: { type: 'run.started' } },
      ]),
    async end(id, view, end) {
      const at = clock.now();
      const whole: TaskEnd = { ...end, at };
      await desk.change(id, (task) => endOf(task, whole, notices), [
        { key: `${view}/ended`, at, body: { type: 'run.ended', ...end } },
      ]);
      views.delete(id);
      known.delete(id);
    },
    async tell(id, key, text) {
      const at = clock.now();
      const peeked = await peek(id);
      await desk.change(
        id,
        (task) => {
          // A word where nothing goes on and nothing did: it could not begin, and this says why.
          const couldNotBegin = peeked?.phase === 'idle' && task.body.view === undefined && task.body.end === undefined;
          return couldNotBegin ? endOf(task, { status: 'failed', text: '', note: text, at }, notices) : task.body;
        },
        [
          { key, at, body: { type: 'message', text } },
          ...(peeked?.requests ?? []).map(({ approval, code }) => ({
            key: `${id}/request/${approval.id}`,
            at,
            body: { type: 'request', request: approval.id, kind: approval.kind, code },
          })),
        ],
      );
    },
    async show(id, view, news) {
      views.set(id, view);
      const written = known.get(id) ?? new Set();
      known.set(id, written);
      const fresh = news.filter(({ key }) => !written.has(key));
      if (fresh.length === 0) return;
      await desk.change(
        id,
        ({ body }) => body,
        fresh.map((each) => ({ ...each, at: clock.now() })),
      );
      for (const { key } of fresh) written.add(key);
    },
    shown: (id) => views.get(id),
    changed: (ms, signal) => within(ms, signal, bell.next),
  };
  return desk;
}

/** The body of a task whose run is over. Told twice, the second changes nothing but the words. */
function endOf(task: KeptTask, end: TaskEnd, notices: TaskDeskOptions['notices']): TaskBody {
  const { view: _, ...body } = task.body;
  if (body.end !== undefined) return { ...body, end: { ...end, at: body.end.at } };
  const ended = { ...body, end };
  return { ...ended, notices: [...ended.notices, ...notices({ ...task, body: ended })] };
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
