import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSqliteStore } from '@threadbridge/store';
import Client from 'better-sqlite3';
import { causes } from './causes.ts';

/** A measured rate. `ratio` compares with the bare driver of the same run. */
export interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly ratio?: number;
}

/** Steps per second of a message's durable life: accepted, decided with one effect, effect begun, effect ended; four writes. */
async function storeSteps(path: string, first: number, count: number): Promise<number> {
  await using store = await createSqliteStore({ path });
  const startedAt = performance.now();
  for (let n = first; n < first + count; n += 1) {
    const { input, scope, state, effect, channel, cursor } = causes(n);
    await store.accept({ inputs: [input], channel, cursor });
    await store.commit({ input: input.id, scope, state, effects: [effect], facts: [] });
    await store.start(effect.key);
    await store.settle(effect.key, { type: 'done' });
  }
  return count / ((performance.now() - startedAt) / 1000);
}

/** The same rows into the same tables in the same four transactions, by hand, without lease, checks or promises. */
async function bareSteps(path: string, first: number, count: number): Promise<number> {
  await (await createSqliteStore({ path }))[Symbol.asyncDispose]();
  const client = new Client(path);
  client.pragma('journal_mode = wal');
  client.pragma('synchronous = normal');
  const add = client.prepare('insert into inbox (id, scope, input, accepted_at) values (?, ?, ?, ?)');
  const move = client.prepare(
    `insert into cursors values (?, ?, ?) on conflict (channel) do update set cursor = excluded.cursor, updated_at = excluded.updated_at`,
  );
  const handle = client.prepare('update inbox set handled_at = ? where id = ?');
  const put = client.prepare(
    `insert into scopes values (?, ?, ?) on conflict (id) do update set state = excluded.state, updated_at = excluded.updated_at`,
  );
  const ask = client.prepare(
    `insert into effects (key, scope, type, body, status, attempts, committed_at) values (?, ?, ?, ?, 'open', 0, ?)`,
  );
  const begin = client.prepare(`update effects set status = 'started', started_at = ? where key = ?`);
  const end = client.prepare(`update effects set status = 'done', settled_at = ? where key = ?`);
  const transaction = client.transaction((work: () => void) => work()).immediate;
  try {
    const startedAt = performance.now();
    for (let n = first; n < first + count; n += 1) {
      const { input, scope, state, effect, channel, cursor } = causes(n);
      transaction(() => {
        add.run(input.id, scope.id, JSON.stringify(input), Date.now());
        move.run(channel, JSON.stringify(cursor), Date.now());
      });
      transaction(() => {
        handle.run(Date.now(), input.id);
        put.run(scope.id, JSON.stringify(state), Date.now());
        ask.run(effect.key, scope.id, effect.effect.type, JSON.stringify(effect), Date.now());
      });
      transaction(() => begin.run(Date.now(), effect.key));
      transaction(() => end.run(Date.now(), effect.key));
    }
    return count / ((performance.now() - startedAt) / 1000);
  } finally {
    client.close();
  }
}

/** Measures both, by turns, so that a change of the machine's mood meets both; the middle of the rounds counts. */
export async function benchSteps(
  options: { readonly steps?: number; readonly rounds?: number } = {},
): Promise<readonly Measured[]> {
  const { steps = 2_000, rounds = 5 } = options;
  const directory = await mkdtemp(join(tmpdir(), 'threadbridge-bench-'));
  try {
    const store: number[] = [];
    const bare: number[] = [];
    // Round 0 warms both up and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const rates = [
        await storeSteps(join(directory, 'store.db'), round * steps, steps),
        await bareSteps(join(directory, 'bare.db'), round * steps, steps),
      ] as const;
      if (round === 0) continue;
      store.push(rates[0]);
      bare.push(rates[1]);
    }
    const [ours, theirs] = [median(store), median(bare)];
    return [
      { name: 'store: durable steps', unit: 'steps/s', value: Math.round(ours), ratio: Math.round((ours / theirs) * 100) / 100 },
      { name: 'store: the same rows by bare better-sqlite3', unit: 'steps/s', value: Math.round(theirs) },
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await benchSteps());
