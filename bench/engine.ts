import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Runner } from '@threadbridge/contract';
import { createFakePlatform, createScriptedAgent, type FakePlatform } from '@threadbridge/contract/testing';
import { createGateway, type Store } from '@threadbridge/core';
import { createOpenFiles, testRules } from '@threadbridge/core/testing';
import { createSqliteStore } from '@threadbridge/store';
import { bareSteps } from './bare-steps.ts';
import { type Figure, quantile, rounded } from './figure.ts';

/** The engine alone: decisions and durable steps, against the same rows written by the bare driver. */
export async function benchEngine(
  options: { readonly messages?: number; readonly rounds?: number } = {},
): Promise<readonly Figure[]> {
  const { messages = 2_000, rounds = 3 } = options;
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const rates = [await commandsPerSecond(messages), await bareSteps(messages)] as const;
    if (round === 0) continue;
    ours.push(rates[0]);
    bare.push(rates[1]);
  }
  const [engine, driver] = [quantile(ours, 0.5), quantile(bare, 0.5)];
  const waits = await messageToTurn(300);
  return [
    {
      name: 'engine: message in, decided, answered (4 durable writes)',
      line: 'steps',
      value: rounded(engine),
      unit: 'messages/s',
      ratio: rounded(engine / driver),
      target: { of: 'ratio', atLeast: 0.4 },
    },
    { name: 'bare better-sqlite3: the same rows in 4 transactions', value: rounded(driver), unit: 'messages/s' },
    { name: 'engine: message durable → agent asked, one conversation, p50', value: rounded(quantile(waits, 0.5)), unit: 'ms' },
    { name: 'engine: message durable → agent asked, one conversation, p99', value: rounded(quantile(waits, 0.99)), unit: 'ms' },
  ];
}

interface Place {
  readonly platform: FakePlatform;
  readonly agent: ReturnType<typeof createScriptedAgent>;
}

/** Opens a gateway on an empty SQLite store, lets `work` use it, and closes it again. */
async function withGateway<T>(wrap: (store: Store) => Store, work: (place: Place) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'threadbridge-bench-'));
  const stop = new AbortController();
  try {
    await using store = await createSqliteStore({ path: join(directory, 'store.db') });
    const platform = createFakePlatform({ now: Date.now, isKeyed: true });
    const agent = createScriptedAgent();
    const runner: Runner = agent.runner();
    const gateway = createGateway({
      ...{ store: wrap(store), channels: [platform.connect()], runner },
      rules: {
        ...testRules,
        access: { ...testRules.access, owners: [platform.owner.id] },
        runs: { ...testRules.runs, quietWindowMs: 0 },
      },
      files: createOpenFiles(),
    });
    const ended = gateway.run(stop.signal);
    const result = await work({ platform, agent });
    stop.abort();
    await ended;
    return result;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function commandsPerSecond(messages: number): Promise<number> {
  return withGateway(
    (store) => store,
    async ({ platform }) => {
      const startedAt = performance.now();
      for (let n = 0; n < messages; n += 1) platform.say('/list');
      while (platform.shown.length < messages) await new Promise((resolve) => setImmediate(resolve));
      return messages / ((performance.now() - startedAt) / 1000);
    },
  );
}

/** Milliseconds from the durable message to the moment the agent is asked for the turn, in a thread that is loaded. */
async function messageToTurn(count: number): Promise<readonly number[]> {
  const waits: number[] = [];
  let durableAt = 0;
  await withGateway(
    (store) => ({
      ...store,
      async accept(batch) {
        await store.accept(batch);
        if (batch.inputs[0]?.type === 'message.received') durableAt = performance.now();
      },
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    }),
    async ({ platform, agent }) => {
      for (let n = 0; n < count; n += 1) {
        platform.say(`question ${n}`);
        while (agent.turns.length <= n) await new Promise((resolve) => setImmediate(resolve));
        waits.push(performance.now() - durableAt);
        while (platform.shown.length <= n) await new Promise((resolve) => setImmediate(resolve));
      }
    },
  );
  return waits;
}
