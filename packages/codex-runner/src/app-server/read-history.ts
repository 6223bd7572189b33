import type { Clock, EffectKey, RunHistory, ThreadId, ThreadQuery } from '@threadbridge/contract';
import { list, maybe, text } from '../convert/seen.ts';
import { toThreadSummary } from '../convert/to-thread-summary.ts';
import { hasKey, toTurnDetail, toTurnRecord } from '../convert/to-turn-record.ts';
import { isUnknownThread, toGatewayError } from '../errors.ts';
import type { AppServer } from './app-server.ts';
import type { Client } from './client.ts';
import type { ThreadListParams, ThreadSourceKind } from './protocol.gen.ts';
import { readSettled } from './settled-turn.ts';

/** Turns asked for at once when one is searched; a page of summaries is some 100 KB. */
const turnsPerPage = 50;

/** Reads what Codex kept, without loading a thread. */
export function createHistory(use: () => Promise<AppServer>, clock: Clock): RunHistory {
  return {
    async list(query) {
      const { client } = await use();
      const page = await client.call('thread/list', toListParams(query)).catch((error: unknown) => {
        throw toGatewayError(error, 'list threads');
      });
      return { threads: list(page.data).map(toThreadSummary), ...maybe('cursor', text(page.nextCursor)) };
    },

    async read(thread) {
      const { client } = await use();
      const found = await client.call('thread/read', { threadId: thread }).catch((error: unknown) => {
        throw toGatewayError(error, 'read the thread');
      });
      return toThreadSummary(found.thread);
    },

    async turns(thread, query = {}) {
      const { client } = await use();
      const params = {
        threadId: thread,
        itemsView: 'full' as const,
        ...maybe('limit', query.limit),
        ...maybe('cursor', query.cursor),
        ...(query.first === 'oldest' && { sortDirection: 'asc' as const }),
      };
      const page = await client.call('thread/turns/list', params).catch((error: unknown) => {
        throw toGatewayError(error, 'read the turns of the thread');
      });
      return { turns: list(page.data).map(toTurnDetail), ...maybe('cursor', text(page.nextCursor)) };
    },

    async findTurn(thread, key) {
      const { client } = await use();
      const read = () => findTurn(client, thread, key);
      const turn = await readSettled({ clock, client, thread, read, recordOf: (found) => found }).catch((error: unknown) => {
        if (isUnknownThread(error)) return undefined;
        throw toGatewayError(error, 'look for a turn');
      });
      return turn === undefined ? undefined : toTurnRecord(turn);
    },
  };
}

async function findTurn(client: Client, thread: ThreadId, key: EffectKey): Promise<unknown> {
  for (let cursor: string | undefined; ; ) {
    const params = { threadId: thread, limit: turnsPerPage, itemsView: 'summary' as const, ...maybe('cursor', cursor) };
    const page = await client.call('thread/turns/list', params);
    const turn = list(page.data).find((entry) => hasKey(entry, key));
    if (turn !== undefined) return turn;
    cursor = text(page.nextCursor);
    if (cursor === undefined) return undefined;
  }
}

/** Programs a person drives; without a word of ours Codex would leave out `codex exec` and the SDK. */
const personal: readonly ThreadSourceKind[] = ['cli', 'vscode', 'exec', 'appServer'];

/** Newest first, of every provider. */
function toListParams(query: ThreadQuery): ThreadListParams {
  return {
    sortKey: query.sortBy === 'created' ? 'created_at' : 'updated_at',
    modelProviders: [...(query.providers ?? [])],
    sourceKinds: [...((query.sources as readonly ThreadSourceKind[] | undefined) ?? personal)],
    ...maybe('limit', query.limit),
    ...maybe('cursor', query.cursor),
    ...(query.cwd !== undefined && { cwd: typeof query.cwd === 'string' ? query.cwd : [...query.cwd] }),
    ...maybe('searchTerm', query.search),
    ...maybe('archived', query.isArchived),
  };
}
