import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCodexRunner } from '@threadbridge/codex-runner';
import { asId, type Channel, type LiveRef, type Scope, type ScopeId, scopeId, type WorkspacePath } from '@threadbridge/contract';
import { createFakePlatform } from '@threadbridge/contract/testing';
import { createGateway, type Store } from '@threadbridge/core';
import { createOpenFiles, testRules } from '@threadbridge/core/testing';
import { createSqliteStore } from '@threadbridge/store';
import { startScriptedAppServer } from '@threadbridge/testkit/app-server';
import { type Figure, quantile, rounded } from './figure.ts';
import { withLive } from './with-live.ts';

/**
 * From the write that makes a message durable to the arrival of its `turn/start` at an app-server behind a socket, while every conversation
 * has an answer typed out. The app-server is a script in this process: what is measured is ours, and a little more.
 */
export async function benchTurnStart(
  options: { readonly scopes?: number; readonly rounds?: number } = {},
): Promise<readonly Figure[]> {
  const { scopes = 50, rounds = 20 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'tb-'));
  const stop = new AbortController();
  const durableAt = new Map<string, number>();
  const ends = new Map<ScopeId, () => void>();
  const waits: number[] = [];
  let asked = 0;
  let mistakes: readonly string[] = [];
  try {
    const answer = [{ say: 'word '.repeat(40), wordMs: 20 }];
    await using server = await startScriptedAppServer({
      script(prompt) {
        const at = performance.now();
        const said = durableAt.get(/question \d+ \d+/.exec(prompt)?.[0] ?? '');
        // The first of a conversation makes its thread.
        if (said !== undefined && asked >= scopes) waits.push(at - said);
        asked += 1;
        return answer;
      },
    });
    await using runner = createCodexRunner({
      ...{ codexHome: folder, env: {} },
      transport: { type: 'socket', path: server.path, server: 'theirs' },
    });
    await using store = await createSqliteStore({ path: join(folder, 'store.db') });
    const platform = createFakePlatform({ now: Date.now, isKeyed: true, hasLive: true });
    const gateway = createGateway({
      ...{ store: noting(store, durableAt), channels: [told(platform.connect(), (scope) => ends.get(scope)?.())], runner },
      rules: {
        ...testRules,
        access: { ...testRules.access, owners: [platform.owner.id] },
        workspaces: { default: asId<WorkspacePath>(folder), aliases: {} },
        secretPaths: [],
        runs: { ...testRules.runs, quietWindowMs: 0 },
      },
      files: createOpenFiles(),
    });
    const ended = gateway.run(stop.signal);
    const converse = async (n: number) => {
      const scope: Scope = { id: scopeId(platform.id, `user ${n}`), channel: platform.id, kind: 'private' };
      await delay(n * 16);
      for (let round = 0; round < rounds; round += 1) {
        const answered = new Promise<void>((resolve) => ends.set(scope.id, resolve));
        platform.say(`question ${n} ${round}`, { scope });
        await answered;
        await delay(20);
      }
    };
    await Promise.all(Array.from({ length: scopes }, (_, n) => converse(n)));
    stop.abort();
    await ended;
    mistakes = server.mistakes;
  } finally {
    stop.abort();
    await rm(folder, { recursive: true, force: true });
  }
  if (mistakes.length > 0) throw new Error(`The client made mistakes: ${mistakes.slice(0, 3).join(' ')}`);
  const wanted = scopes * (rounds - 1);
  if (waits.length !== wanted) throw new Error(`Of ${wanted} messages ${waits.length} came to a turn.`);
  const figure = (q: number, atMost: number): Figure => ({
    name: `message durable → turn/start, ${scopes} busy scopes, p${q * 100}`,
    line: 'turn start',
    ...{ value: rounded(quantile(waits, q)), unit: 'ms', target: { atMost } },
  });
  const late = await lateness();
  const still = (q: number): Figure => ({
    name: `this machine: a pause of 5 ms is late by, p${q * 100} (what no figure above can be better than)`,
    ...{ value: rounded(quantile(late, q)), unit: 'ms' },
  });
  return [figure(0.5, 5), figure(0.99, 20), still(0.5), still(0.99)];
}

/** How long this process waits for its turn where other programs want the processors, ms. */
async function lateness(): Promise<readonly number[]> {
  const late: number[] = [];
  for (let n = 0; n < 300; n += 1) {
    const at = performance.now();
    await delay(5);
    late.push(performance.now() - at - 5);
  }
  return late;
}

/** The store, seen by somebody who writes down when each message was durable. */
function noting(store: Store, durableAt: Map<string, number>): Store {
  return {
    ...store,
    async accept(batch) {
      await store.accept(batch);
      const at = performance.now();
      for (const input of batch.inputs) {
        if (input.type !== 'message.received') continue;
        durableAt.set(input.event.text, at);
      }
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** The channel, seen by somebody who is told which conversation had its answer. */
function told(channel: Channel, end: (scope: ScopeId) => void): Channel {
  const scopes = new Map<LiveRef, ScopeId>();
  return withLive(channel, (live) => ({
    async open(view, to, controls) {
      const ref = await live.open(view, to, controls);
      scopes.set(ref, to.to.id);
      return ref;
    },
    async close(ref, view, controls) {
      await live.close(ref, view, controls);
      const scope = scopes.get(ref);
      if (scope !== undefined) end(scope);
    },
  }));
}
