import { GatewayError, type RunEvent, type RunHandle, type ThreadId, type TurnId } from '@threadbridge/contract';
import type { AppServer } from '../app-server/app-server.ts';
import type { Thread, ThreadStatus, Turn, TurnsPage } from '../app-server/protocol.gen.ts';
import { readSettled } from '../app-server/settled-turn.ts';
import { list, maybe, seen, text } from '../convert/seen.ts';
import { toSubAgents } from '../convert/to-sub-agents.ts';
import { toGatewayError } from '../errors.ts';
import { createLiveTurn } from './live-turn.ts';
import type { RunEnvironment } from './run.ts';
import { createRunHandle, type RunControl } from './run-handle.ts';

/** Turns looked at together; the one that is wanted is nearly always the newest. */
const pageSize = 20;

/** The live side of a turn that somebody began before. */
export function createAttachment(shared: RunEnvironment, thread: ThreadId, turn: TurnId): RunHandle {
  async function* play(control: RunControl): AsyncGenerator<RunEvent> {
    const leave = await shared.line.enter(thread, control.stop);
    try {
      shared.idle.keep(thread);
      const server = control.stop.aborted ? undefined : await shared.servers.use(control.stop);
      if (server === undefined) return yield { type: 'turn.interrupted', turn, text: '' };
      try {
        yield* followTurn(shared, server, thread, turn, control);
      } finally {
        if (server.loaded.has(thread)) shared.idle.release(server, thread, shared.releaseAfterMs);
      }
    } finally {
      leave?.();
    }
  }
  return createRunHandle(play);
}

/** What happened so far, then what happens. Leaving leaves the turn alone. */
export async function* followTurn(
  shared: RunEnvironment,
  server: AppServer,
  thread: ThreadId,
  turn: TurnId,
  control: RunControl,
): AsyncGenerator<RunEvent> {
  // Listening begins before Codex is asked, so that nothing is lost between its record and its news.
  const live = createLiveTurn({ ...shared, server, thread });
  let children: readonly ThreadId[] = [];
  try {
    const found = await readSettled({
      clock: shared.clock,
      client: server.client,
      thread,
      read: () => findTurn(server, thread, turn),
      recordOf: ({ record }) => record,
    }).catch((error: unknown) => {
      throw toGatewayError(error, 'find the turn');
    });
    yield { type: 'thread.started', thread, isNew: false, ...maybe('model', found.model), ...maybe('provider', found.provider) };
    await live.begin(async () => ({ turn, record: found.record }));
    control.use(live);
    children = await joinSubAgents(shared, server, thread, found.record);
    yield* live.events;
  } finally {
    live.leave();
    for (const child of server.isClosed ? [] : children) {
      await server.client.call('thread/unsubscribe', { threadId: child }).catch(() => {});
    }
  }
}

/** Their questions come again only to those who load their threads. Gives those that are followed now. */
async function joinSubAgents(
  shared: RunEnvironment,
  server: AppServer,
  thread: ThreadId,
  record: unknown,
): Promise<readonly ThreadId[]> {
  const { items, status } = seen<Turn>(record);
  if (status !== 'inProgress') return [];
  const children = [...new Set(list(items).flatMap((item) => toSubAgents({ item })))] as ThreadId[];
  for (const child of children) {
    server.adopt(child, thread);
    await server.client.call('thread/resume', { threadId: child, excludeTurns: true }).catch((error: unknown) => {
      shared.logger.debug({ thread: child, cause: String(error) }, 'a sub-agent cannot be followed');
    });
  }
  return children;
}

interface FoundTurn {
  readonly record: unknown;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
}

async function findTurn(server: AppServer, thread: ThreadId, turn: TurnId): Promise<FoundTurn> {
  const { client } = server;
  const { thread: known } = await client.call('thread/read', { threadId: thread });
  const status = seen<ThreadStatus>(seen<Thread>(known).status).type as ThreadStatus['type'] | undefined;
  if (status === 'active') {
    // Only the page that comes with a resume holds the items that are not over, and with them the diff of a change that is asked about.
    const reply = await client.call('thread/resume', {
      threadId: thread,
      excludeTurns: true,
      initialTurnsPage: { limit: pageSize, itemsView: 'full' },
    });
    if (!server.loaded.has(thread)) server.loaded.set(thread, 'by others');
    const record = list(seen<TurnsPage>(reply.initialTurnsPage).data).find((one) => seen<Turn>(one).id === turn);
    if (record !== undefined) {
      return { record, model: text(reply.model), provider: text(reply.modelProvider) };
    }
  }
  for (let cursor: string | undefined; ; ) {
    const params = { threadId: thread, limit: pageSize, itemsView: 'full' as const, ...maybe('cursor', cursor) };
    const page = await client.call('thread/turns/list', params);
    const record = list(page.data).find((one) => seen<Turn>(one).id === turn);
    if (record !== undefined) return { record };
    cursor = text(page.nextCursor);
    if (cursor === undefined) break;
  }
  throw new GatewayError('runner.thread_not_found', 'Codex knows no such turn of this thread.', {
    certain: true,
    remedy: 'Look at the thread; a turn interrupted right after its start is not kept.',
  });
}
