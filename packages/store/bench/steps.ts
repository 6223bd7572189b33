import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChannelId, type Cursor, type EffectKey, type InputId, type Scope, scopeId } from '@threadbridge/contract';
import { type EffectRow, type Input, initialState, type ScopeState } from '@threadbridge/core';
import { createSqliteStore } from '@threadbridge/store';
import Client from 'better-sqlite3';

/** A measured rate. `ratio` compares with the bare driver of the same run. */
export interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly ratio?: number;
}

const channel = 'chat' as ChannelId;
const scope: Scope = { id: scopeId(channel, 'room'), channel, kind: 'private', title: 'Room' };

/** What one message causes: the input, the state that follows, the reply. */
function causes(n: number) {
  const at = 1_700_000_000_000 + n;
  const actor = { id: 'chat:ann', name: 'Ann' };
  const id = `event/chat:${n}`;
  const text = `Message ${n}: why does the build fail on the second machine but not on the first?`;
  const event = {
    type: 'message.received',
    id: `${n}`,
    scope,
    actor,
    reply: { message: `m${n}` },
    at,
    text,
    attachments: [],
    isAddressed: true,
  };
  return {
    input: { id, scope, at, type: 'message.received', event } as unknown as Input,
    state: { ...initialState(scope), runs: n, reply: { message: `m${n}` } } as ScopeState,
    effect: {
      key: `${id}:0` as EffectKey,
      scope,
      effect: { type: 'deliver', message: { markdown: text }, reply: null, at },
    } as EffectRow,
  };
}

/** Steps per second of a message's durable life: accepted, decided with one effect, effect begun, effect ended; four writes. */
async function storeSteps(path: string, first: number, count: number): Promise<number> {
  await using store = await createSqliteStore({ path });
  const startedAt = performance.now();
  for (let n = first; n < first + count; n += 1) {
    const { input, state, effect } = causes(n);
    await store.accept({ inputs: [input], channel, cursor: String(n) as Cursor });
    await store.commit({ input: input.id as InputId, scope, state, effects: [effect], facts: [] });
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
      const { input, state, effect } = causes(n);
      transaction(() => {
        add.run(input.id, scope.id, JSON.stringify(input), Date.now());
        move.run(channel, JSON.stringify(String(n)), Date.now());
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
