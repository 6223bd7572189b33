import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActorId } from '@threadbridge/contract';
import type { AuditEntry, AuditRecord, Store } from '@threadbridge/core';
import Client from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteStore, exportAudit, openSqliteAudit, verifyAudit } from '../src/index.ts';
import { createMemoryDisk, createMemoryStore } from '../src/memory/index.ts';
import { causes } from './causes.ts';
import { rewriteAudit } from './rewrite-audit.ts';
import { canRunSqlite, openPlace, placeOfEachTest } from './sqlite-place.ts';

type Edit = (records: readonly AuditRecord[]) => readonly AuditRecord[];

/** Longer than two pages of reading. */
const count = 1_100;

function entry(n: number): AuditEntry {
  return { at: n, kind: 'access', actor: 'chat:ann' as ActorId, outcome: n % 2 ? 'allowed' : 'refused', detail: { n } };
}

async function write(store: Store, from: number, to: number): Promise<void> {
  const { input, scope, state } = causes(from);
  await store.accept({ inputs: [input] });
  const audit = Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
  await store.commit({ input: input.id, scope, state, effects: [], facts: [], inputs: [], audit });
}

async function collect(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

const places = {
  async memory() {
    const disk = createMemoryDisk();
    return {
      store: createMemoryStore({ disk }),
      async rewrite(edit: Edit) {
        const records = edit(disk.audit.map((text) => JSON.parse(text)));
        disk.audit.splice(0, Number.POSITIVE_INFINITY, ...records.map((record) => JSON.stringify(record)));
      },
      remove: async () => {},
    };
  },
  async SQLite() {
    const { path, [Symbol.asyncDispose]: remove } = await openPlace();
    const store = await createSqliteStore({ path });
    return { store, rewrite: async (edit: Edit) => rewriteAudit(path, edit), remove };
  },
};

describe.each(['memory', ...(canRunSqlite ? ['SQLite'] : [])] as (keyof typeof places)[])('the audit log of %s', (name) => {
  let place: Awaited<ReturnType<(typeof places)[typeof name]>>;
  beforeEach(async () => {
    place = await places[name]();
  });
  afterEach(async () => {
    await place.store[Symbol.asyncDispose]();
    await place.remove();
  });

  it('is whole when nobody touched it, empty or long', async () => {
    expect(await verifyAudit(place.store)).toEqual({ isWhole: true, count: 0, hash: '0'.repeat(64) });
    await write(place.store, 1, count);
    const { hash } = await place.store.auditHead();
    expect(await verifyAudit(place.store)).toEqual({ isWhole: true, count, hash });
  });

  it('is whole also while it grows under the reader', async () => {
    await write(place.store, 1, 10);
    let reads = 0;
    const log = {
      auditHead: () => place.store.auditHead(),
      async readAudit(after: number, limit: number) {
        const page = await place.store.readAudit(after, limit);
        reads += 1;
        if (reads < 4) await write(place.store, reads * 100, reads * 100 + 1);
        return page;
      },
    };
    expect(await verifyAudit(log)).toMatchObject({ isWhole: true, count: 16 });
  });

  const broken: readonly (readonly [string, number, 'changed' | 'missing' | 'unaccounted', Edit])[] = [
    ['the first record is changed', 1, 'changed', (all) => all.map((one) => (one.seq === 1 ? { ...one, outcome: 'x' } : one))],
    ['one on a page border is changed', 501, 'changed', (all) => all.map((one) => (one.seq === 501 ? { ...one, at: 0 } : one))],
    ['the last is changed', count, 'changed', (all) => all.map((one) => (one.seq === count ? { ...one, detail: {} } : one))],
    ['the first is dropped', 1, 'missing', (all) => all.slice(1)],
    ['one in the middle is dropped', 700, 'missing', (all) => all.filter((one) => one.seq !== 700)],
    ['a whole page is dropped', 300, 'missing', (all) => all.filter((one) => one.seq < 300 || one.seq > 900)],
    ['the last is dropped', count, 'missing', (all) => all.slice(0, -1)],
    ['all are dropped', 1, 'missing', () => []],
    [
      'one is dropped and the others close the gap',
      700,
      'changed',
      (all) => all.filter((one) => one.seq !== 700).map((one, index) => ({ ...one, seq: index + 1 })),
    ],
    [
      'two change places',
      40,
      'changed',
      (all) => all.map((one) => ({ ...(all[one.seq === 40 ? 40 : one.seq === 41 ? 39 : one.seq - 1] ?? one), seq: one.seq })),
    ],
    [
      'one is put in behind the end',
      count + 1,
      'changed',
      (all) => [...all, { ...entry(0), seq: count + 1, hash: 'f'.repeat(64) }],
    ],
  ];
  it.each(broken)('is broken when %s', async (_, brokenAt, reason, edit) => {
    await write(place.store, 1, count);
    await place.rewrite(edit);
    expect(await verifyAudit(place.store)).toEqual({ isWhole: false, brokenAt, reason });
  });

  it('is broken when a part of it was written anew with fitting hashes', async () => {
    await write(place.store, 1, 3);
    const other = createMemoryStore();
    await write(other, 1, 2);
    const lie = await other.readAudit(0, 10);
    await place.rewrite((all) => [...lie, ...all.slice(2)].map((one) => (one.seq === 3 ? { ...one, outcome: 'x' } : one)));
    expect(await verifyAudit(place.store)).toEqual({ isWhole: false, brokenAt: 3, reason: 'changed' });
    await write(other, 4, 5);
    const longer = await other.readAudit(0, 10);
    await place.rewrite(() => longer);
    expect(await verifyAudit(place.store)).toEqual({ isWhole: false, brokenAt: 4, reason: 'unaccounted' });
  });

  it('comes out as JSON lines that say all of it, in order', async () => {
    await write(place.store, 1, count);
    const lines = await collect(exportAudit(place.store));
    expect(lines.every((line) => line.endsWith('\n') && !line.slice(0, -1).includes('\n'))).toBe(true);
    expect(lines.map((line) => JSON.parse(line))).toEqual(await place.store.readAudit(0, count));
    expect(lines[0]).toMatch(/^\{"actor":"chat:ann","at":1,"detail":\{"n":1\},"hash":"[0-9a-f]{64}","kind":"access",/);
    expect(await collect(exportAudit(place.store, { after: count - 2 }))).toEqual(lines.slice(-2));
  });
});

describe.skipIf(!canRunSqlite)('the audit log in a file', () => {
  const place = placeOfEachTest();
  const raw = (statement: string) => {
    const client = new Client(place.path);
    client.exec(statement);
    client.close();
  };

  it('can be read and checked while a gateway holds the store, and sees what is added', async () => {
    await using store = await createSqliteStore({ path: place.path });
    await write(store, 1, 2);
    await using log = await openSqliteAudit({ path: place.path });
    expect(await verifyAudit(log)).toMatchObject({ isWhole: true, count: 2 });
    await write(store, 3, 5);
    expect(await verifyAudit(log)).toMatchObject({ isWhole: true, count: 5 });
    expect(await collect(exportAudit(log))).toHaveLength(5);
  });

  it('changes nothing in the file when it is read', async () => {
    await using store = await createSqliteStore({ path: place.path });
    await write(store, 1, 2);
    await store[Symbol.asyncDispose]();
    const before = await readFile(place.path);
    const log = await openSqliteAudit({ path: place.path });
    await verifyAudit(log);
    await log[Symbol.asyncDispose]();
    expect((await readFile(place.path)).equals(before)).toBe(true);
    await expect(log.auditHead()).rejects.toMatchObject({ code: 'store.closed' });
  });

  it('is refused where there is none', async () => {
    await expect(openSqliteAudit({ path: place.path })).rejects.toMatchObject({ code: 'config.invalid' });
    raw('create table notes (text)');
    await expect(openSqliteAudit({ path: place.path })).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it.each(['scope', 'actor', 'outcome', 'detail'])(
    'still shows a record whose %s is no JSON any more, and finds it',
    async (column) => {
      await using store = await createSqliteStore({ path: place.path });
      await write(store, 1, 3);
      raw(`update audit set ${column} = '{not json' where seq = 2`);
      expect(await store.readAudit(1, 1)).toEqual([expect.objectContaining({ seq: 2, [column]: '{not json' })]);
      expect(await verifyAudit(store)).toEqual({ isWhole: false, brokenAt: 2, reason: 'changed' });
      expect(await collect(exportAudit(store))).toHaveLength(3);
    },
  );

  it('is broken when its end was set back, and no step is written over what is there', async () => {
    await using store = await createSqliteStore({ path: place.path });
    await write(store, 1, 3);
    const second = (await store.readAudit(1, 1))[0];
    raw(`update audit_head set seq = 2, hash = '${second?.hash}'`);
    expect(await verifyAudit(store)).toEqual({ isWhole: false, brokenAt: 3, reason: 'unaccounted' });
    await expect(write(store, 4, 5)).rejects.toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining('record 3'),
    });
    expect((await store.nextInput())?.id).toBe(causes(4).input.id);
    raw('delete from audit_head');
    expect(await verifyAudit(store)).toEqual({ isWhole: false, brokenAt: 1, reason: 'unaccounted' });
  });

  it('goes on in a backup', async () => {
    const copy = join(place.directory, 'copy.db');
    await using store = await createSqliteStore({ path: place.path });
    await write(store, 1, 3);
    await store.backup(copy);
    await using restored = await createSqliteStore({ path: copy });
    await write(restored, 4, 5);
    expect(await verifyAudit(restored)).toMatchObject({ isWhole: true, count: 5 });
  });
});
