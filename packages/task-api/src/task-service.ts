import { createHash, randomBytes } from 'node:crypto';
import {
  type Actor,
  actorId,
  asId,
  type Channel,
  type ChannelId,
  type Clock,
  type EventId,
  type JsonObject,
  type Logger,
  type MessageReceived,
  type RunRequest,
  type Scope,
  type ScopeId,
  scopeId,
  silentLogger,
  systemClock,
  type TaskStore,
} from '@threadbridge/contract';
import { findChats, noticesOf } from './notice-targets.ts';
import { sendNotices } from './send-notices.ts';
import type { Task, TaskWish } from './task.ts';
import { type Caller, longestWaitMs, type TaskApi, TaskError } from './task-api.ts';
import type { KeptTask, TaskBody } from './task-body.ts';
import { createTaskChannel } from './task-channel.ts';
import { createTaskDesk } from './task-desk.ts';
import { toCommand } from './to-command.ts';
import { statusOf, type TaskPeek, toEvent, toTask } from './to-task.ts';
import type { WebhookTarget } from './webhook.ts';

export interface TaskServiceOptions {
  readonly store: TaskStore;
  /** What is known of a task's conversation now; undefined before anything was decided about it. */
  readonly peek: (scope: ScopeId) => Promise<TaskPeek | undefined>;
  /** The conversation that a name such as `wechat:USER` means, where it may be told about tasks. Default: none. */
  readonly findChat?: (name: string) => Promise<Scope | undefined>;
  /** Whether a directory may be worked in. Default: it is decided when the run begins. */
  readonly checkWorkspace?: (
    path: string,
  ) => Promise<{ readonly allowed: true } | { readonly allowed: false; readonly reason: string }>;
  /** Where programs are told of the end, by name. Default: nowhere. */
  readonly webhooks?: Readonly<Record<string, WebhookTarget>>;
  /** Whether programs may answer the requests of tasks. Default false: only people. */
  readonly mayApprove?: boolean;
  /** The name of the channel. Default `task`. */
  readonly id?: ChannelId;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Default: that of the platform. */
  readonly fetch?: typeof fetch;
}

/** The tasks of a gateway. */
export interface TaskService {
  readonly api: TaskApi;
  /** To be handed to the gateway. */
  readonly channel: Channel;
  /** Who programs are for policy: somebody who may ask, and no more. */
  readonly program: Actor;
  /** Who the person at the terminal of this computer is. */
  readonly person: Actor;
  /** Sends notices until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

const eventsShown = 20;

/** Makes the service behind every face. */
export function createTaskService(options: TaskServiceOptions): TaskService {
  const { store, clock = systemClock, logger = silentLogger, webhooks = {}, mayApprove = false } = options;
  const id = options.id ?? asId<ChannelId>('task');
  const program: Actor = { id: actorId(id, 'program'), name: 'a program on this computer' };
  const person: Actor = { id: actorId(id, 'person'), name: 'the person at the terminal' };
  const scopeOf = (task: string) => scopeId(id, task);
  const peek = (task: string) => options.peek(scopeOf(task));
  const desk = createTaskDesk({ store, peek, notices: (task) => noticesOf(task, clock.now()), clock });

  const find = async (task: string): Promise<KeptTask> => {
    const found = await desk.load(task);
    if (found === undefined) throw new TaskError('not_found', `There is no task "${task}".`);
    return found;
  };
  const read = async (task: string): Promise<Task> => {
    const [kept, peeked, events] = await Promise.all([find(task), peek(task), store.latest(task, eventsShown)]);
    return toTask(kept, peeked, desk.shown(task), events);
  };
  const said = (
    task: string,
    title: string,
    event: { readonly id: string; readonly text: string; readonly by: Caller; readonly request?: RunRequest },
  ): JsonObject => {
    const at = clock.now();
    const message: MessageReceived = {
      type: 'message.received',
      id: asId<EventId>(event.id),
      scope: { id: scopeOf(task), channel: id, kind: 'task', title },
      actor: event.by === 'person' ? person : program,
      ...{ reply: null, text: event.text, attachments: [], isAddressed: true, at },
      ...(event.request && { request: event.request }),
    };
    return message as unknown as JsonObject;
  };
  const command = async (task: KeptTask, text: string, by: Caller): Promise<Task> => {
    const key = `${task.id}/${randomBytes(9).toString('base64url')}`;
    await desk.ask(task.id, { key, at: clock.now(), body: said(task.id, titleOf(task.body.prompt), { id: key, text, by }) });
    return await read(task.id);
  };
  const running = async (task: string): Promise<TaskPeek> => {
    const peeked = await peek(task);
    if (peeked?.phase !== 'running') throw new TaskError('conflict', 'The task is not running.');
    return peeked;
  };

  const api: TaskApi = {
    async start(wish, by, key) {
      const { dryRun, ...body } = wish;
      if (wish.cwd !== undefined) {
        const verdict = await options.checkWorkspace?.(wish.cwd);
        if (verdict?.allowed === false) throw new TaskError('refused', verdict.reason);
      }
      const chats = await findChats(wish.notify, { webhooks, findChat: options.findChat });
      const task =
        key === undefined ? randomBytes(8).toString('hex') : createHash('sha256').update(key).digest('hex').slice(0, 16);
      const now = clock.now();
      const kept = plain({ ...body, notices: [] });
      if (dryRun) {
        const wished: KeptTask = { id: task, createdAt: now, updatedAt: now, body: kept };
        return toTask({ ...wished, body: { ...kept, notices: noticesOf(wished, now) } }, undefined, undefined, []);
      }
      const request: RunRequest = {
        ...(wish.cwd !== undefined && { cwd: wish.cwd }),
        ...(wish.model !== undefined && { model: wish.model }),
        ...{ sandbox: wish.sandbox, approvals: wish.approvals },
        ...(chats.length > 0 && { notify: chats }),
      };
      const event = `${task}/start`;
      const text = wish.prompt;
      const isNew = await desk.make(
        { id: task, createdAt: now, updatedAt: now, body: kept as unknown as JsonObject },
        { task, key: event, at: now, kind: 'asked', body: said(task, titleOf(text), { id: event, text, by, request }) },
      );
      if (!isNew && (await find(task)).body.prompt !== text)
        throw new TaskError('conflict', 'Another task was started under this key.');
      return await read(task);
    },
    status: read,
    async list({ before, limit = 20 } = {}) {
      const stored = await store.list({ limit, ...(before !== undefined && { before }) });
      const tasks = await Promise.all(
        stored.map(async ({ id: task }) => {
          const { events: _, ...rest } = toTask(await find(task), await peek(task), desk.shown(task), []);
          return rest;
        }),
      );
      const last = stored.length === limit ? stored.at(-1) : undefined;
      return { tasks, ...(last && { before: last.id }) };
    },
    async steer(task, text, by) {
      const kept = await find(task);
      await running(task);
      return await command(kept, `/steer ${text}`, by);
    },
    async interrupt(task, by) {
      const kept = await find(task);
      const peeked = await peek(task);
      if (statusOf(kept, peeked) === kept.body.end?.status) throw new TaskError('conflict', 'The task is over.');
      return await command(kept, '/stop all', by);
    },
    async respond(task, request, answer, by) {
      const kept = await find(task);
      if (by === 'program' && !mayApprove) {
        throw new TaskError(
          'refused',
          'Only a person answers what a task asks: in a chat that is told of it, in the console, or with `threadbridge task respond`. The setting taskApi.mayApprove would allow it.',
        );
      }
      const { requests } = await running(task);
      const open = requests.find(({ approval, code }) => approval.id === request || code === request);
      if (open === undefined) throw new TaskError('conflict', `The request "${request}" is not open.`);
      return await command(kept, toCommand(open.approval, open.code, answer), by);
    },
    async renotify(task, notice) {
      const found = (await find(task)).body.notices.find((each) => each.id === notice);
      if (found === undefined) throw new TaskError('not_found', `There is no notice "${notice}".`);
      if (found.state !== 'failed') throw new TaskError('conflict', 'Only a notice that failed is sent once more.');
      await desk.change(task, ({ body }) => ({
        ...body,
        notices: body.notices.map((each) => (each.id === notice ? { ...each, state: 'pending', dueAt: clock.now() } : each)),
      }));
      return await read(task);
    },
    async watch(task, after, waitMs, signal) {
      const look = async () => {
        const kept = await find(task);
        const status = statusOf(kept, await peek(task));
        const entries = await store.told(task, after, 100);
        return { news: { status, events: entries.map(toEvent) }, isOver: status === kept.body.end?.status };
      };
      const found = await desk.until(
        async () => {
          const { news, isOver } = await look();
          return news.events.length > 0 || isOver ? news : undefined;
        },
        Math.min(waitMs, longestWaitMs),
        signal,
      );
      return found ?? (await look()).news;
    },
  };

  return {
    api,
    channel: createTaskChannel(id, desk),
    program,
    person,
    run: (signal) => sendNotices({ desk, store, webhooks, clock, logger, fetch: options.fetch ?? fetch }, signal),
  };
}

/** The beginning of the prompt, for lists. */
function titleOf(prompt: string): string {
  return Array.from(prompt.replaceAll(/\s+/g, ' ').trim()).slice(0, 60).join('');
}

/** Without what was not said. */
function plain(body: Omit<TaskWish, 'dryRun'> & Pick<TaskBody, 'notices'>): TaskBody {
  const { cwd, model, ...rest } = body;
  return { ...rest, ...(cwd !== undefined && { cwd }), ...(model !== undefined && { model }) };
}
