import {
  asId,
  type Channel,
  type ChannelBatch,
  type ChannelEvent,
  type ChannelId,
  type Cursor,
  checkLength,
  type LiveRef,
  parseScopeId,
  type RunItem,
  type RunView,
  splitMessage,
  viewText,
} from '@threadbridge/contract';
import type { TaskDesk } from './task-desk.ts';

/** How many facts one batch brings. */
const batchSize = 50;
/** Whoever reads them is a program, so hardly any is cut. */
const textLimit = { max: 1_000_000, unit: 'characters' } as const;
/** Keys are known as long as the task is kept. */
const yearMs = 365 * 86_400_000;

/** Tasks as conversations: what is asked of them comes in, what is said and shown goes into their logs. */
export function createTaskChannel(id: ChannelId, desk: TaskDesk): Channel {
  async function* receive(from: { readonly cursor?: Cursor; readonly signal: AbortSignal }): AsyncGenerator<ChannelBatch> {
    for (let place = Number(from.cursor ?? 0); !from.signal.aborted; ) {
      const entries = await desk.asked(place, batchSize, from.signal);
      const last = entries.at(-1);
      if (last === undefined) return;
      yield { events: entries.map(({ body }) => body as unknown as ChannelEvent), cursor: asId<Cursor>(String(last.seq)) };
      place = last.seq;
    }
  }

  return {
    id,
    limits: { text: textLimit },
    capabilities: {
      keyedSend: { lifetimeMs: yearMs },
      live: {
        minIntervalMs: 250,
        async open(view, { to, key }) {
          const task = parseScopeId(to.id).conversation;
          await desk.begin(task, key);
          await show(task, key, view);
          return { task, view: key };
        },
        async update(ref, view) {
          const { task, view: key } = place(ref);
          await show(task, key, view);
          return undefined;
        },
        async close(ref, view) {
          const { task, view: key } = place(ref);
          await show(task, key, view);
          const status = view.status === 'completed' || view.status === 'interrupted' ? view.status : 'failed';
          const note = view.note ?? view.error?.message;
          await desk.end(task, key, { status, text: viewText(view), ...(note !== undefined && { note }) });
        },
      },
    },
    receive,
    async send(message, { to, key }) {
      checkLength(message.markdown, textLimit);
      await desk.tell(parseScopeId(to.id).conversation, key, message.markdown);
      return {};
    },
    split: (markdown) => splitMessage(markdown, textLimit.max),
  };

  async function show(task: string, key: string, view: RunView): Promise<void> {
    const done = view.steps.filter(isDone);
    await desk.show(
      task,
      view,
      done.map((item) => ({ key: `${key}/step/${item.id}`, body: { type: 'step', ...brief(item) } })),
    );
  }
}

function place(ref: LiveRef): { readonly task: string; readonly view: string } {
  return ref as { readonly task: string; readonly view: string };
}

function isDone(item: RunItem): boolean {
  return !('status' in item) || item.status !== 'inProgress';
}

/** What happened, without what it printed: that may be long, and is in the thread. */
function brief(item: RunItem) {
  switch (item.type) {
    case 'command':
      return {
        what: item.type,
        command: item.command,
        status: item.status,
        ...(item.exitCode !== undefined && { exitCode: item.exitCode }),
      };
    case 'file.change':
      return { what: item.type, status: item.status, files: item.changes.map(({ path, kind }) => ({ path, kind })) };
    case 'tool.call':
      return { what: item.type, tool: item.tool, status: item.status, ...(item.server !== undefined && { server: item.server }) };
    case 'web.search':
      return { what: item.type, query: item.query };
    default:
      return { what: item.type };
  }
}
