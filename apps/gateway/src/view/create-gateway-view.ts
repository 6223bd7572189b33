import {
  type Clock,
  type GatewayStatus,
  type GatewayView,
  isGatewayError,
  type PageQuery,
  type Runner,
} from '@threadbridge/contract';
import { type SqliteStore, verifyAudit } from '@threadbridge/store';
import { describeProfile, type ResolvedProfile } from '../config/load.ts';
import { originText } from '../config/origin.ts';
import type { TokenKeys } from '../token-key.ts';
import type { Changes } from './changes.ts';
import { readTranscript } from './read-transcript.ts';
import { toAuditLine, toConversation, toDelivery, toRun } from './to-entries.ts';
import type { WatchedRuns } from './watch-runs.ts';

export interface GatewayViewOptions {
  readonly profile: ResolvedProfile;
  readonly store: SqliteStore;
  readonly runs: WatchedRuns;
  readonly codex: Runner;
  readonly changes: Changes;
  readonly status: () => GatewayStatus;
  /** Those of buttons and codes that are in force. */
  readonly keys: () => TokenKeys;
  readonly clock: Clock;
}

/** What the gateway shows of itself, over what the store keeps and what its runs tell. */
export function createGatewayView(options: GatewayViewOptions): GatewayView {
  const { profile, store, runs, codex, changes, status, keys, clock } = options;
  const { history, account } = codex.capabilities;
  return {
    status: async () => status(),
    async runs() {
      const open = store.history.openEffects('run.start');
      const entries = await Promise.all(
        open.map(async (effect) => toRun(effect, await store.loadScope(effect.row.scope.id), runs.viewOf)),
      );
      return entries.filter((entry) => entry !== undefined);
    },
    async conversations(query) {
      const { rows, before } = store.history.scopes(pageOf(query));
      return { entries: rows.map(toConversation), ...(before !== undefined && { before: String(before) }) };
    },
    async deliveries(query) {
      const { rows, before } = store.history.effects({ types: ['deliver'], ...pageOf(query) });
      return { entries: rows.flatMap(toDelivery), ...(before !== undefined && { before: String(before) }) };
    },
    async audit(query) {
      const { limit, before = (await store.auditHead()).seq + 1 } = pageOf(query);
      const after = Math.max(0, before - 1 - limit);
      const records = await store.readAudit(after, before - 1 - after);
      return { entries: records.toReversed().map(toAuditLine), ...(after > 0 && { before: String(after + 1) }) };
    },
    verifyAudit: () => verifyAudit(store),
    ...(history && {
      threads: { list: (query) => history.list(query ?? {}), turns: (thread, query) => history.turns(thread, query) },
    }),
    async limits() {
      try {
        return await account?.limits();
      } catch (error) {
        if (isGatewayError(error) && error.code === 'runner.unsupported') return undefined;
        throw error;
      }
    },
    health: () => codex.check(),
    settings: async () =>
      describeProfile(profile).map(({ path, value, origin }) => ({
        path,
        value: JSON.parse(JSON.stringify(value)),
        origin: originText(origin),
      })),
    async transcript(scope, query) {
      const now = { state: await store.loadScope(scope), keys: keys(), at: clock.now() };
      return readTranscript(store.history, scope, { ...query, limit: limitOf(query) }, now);
    },
    subscribe: changes.subscribe,
  };
}

function pageOf(query: PageQuery | undefined): { readonly limit: number; readonly before?: number } {
  const before = Number(query?.before ?? Number.NaN);
  return { limit: limitOf(query), ...(Number.isSafeInteger(before) && before >= 0 && { before }) };
}

function limitOf({ limit = 50 }: PageQuery = {}): number {
  return Math.min(Math.max(1, limit), 200);
}
