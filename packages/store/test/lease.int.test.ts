import { hostname } from 'node:os';
import { createManualClock } from '@threadbridge/contract/testing';
import Client from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteStore, type SqliteStore } from '../src/index.ts';
import type { Holder } from '../src/sqlite/holder.ts';
import { causes } from './causes.ts';
import { canRunSqlite, placeOfEachTest } from './sqlite-place.ts';

const second = 1_000;

describe.skipIf(!canRunSqlite)('the lease', () => {
  const place = placeOfEachTest();
  let opened: SqliteStore[];
  const open = async (options: Partial<Parameters<typeof createSqliteStore>[0]> = {}) => {
    const store = await createSqliteStore({ path: place.path, ...options });
    opened.push(store);
    return store;
  };
  /** Rewrites who has the store open, as if that were somebody else. */
  const pretend = (holder: Partial<Holder>) => {
    const client = new Client(place.path);
    const row = client.prepare<[], { holder: string }>('select holder from lease').get();
    const changed = { ...JSON.parse(row?.holder ?? '{}'), ...holder };
    client.prepare('update lease set holder = ?').run(JSON.stringify(changed));
    client.close();
  };
  beforeEach(async () => {
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store[Symbol.asyncDispose]();
  });

  it('refuses a second opener and names the first', async () => {
    const first = await open({ holder: 'profile work' });
    await expect(open()).rejects.toMatchObject({
      code: 'store.held',
      message: expect.stringMatching(`${place.path}.*profile work.*process ${process.pid} on ${hostname()}`),
      remedy: expect.stringContaining('Stop that process'),
      certain: true,
    });
    await first.accept({ inputs: [causes(1).input] });
    expect(await first.nextInput()).toEqual(causes(1).input);
  });

  it('stays fresh by its heartbeat for as long as the holder lives', async () => {
    const clock = createManualClock();
    await open({ clock });
    await clock.advance(3_600 * second);
    await expect(open({ clock })).rejects.toMatchObject({ code: 'store.held' });
  });

  it('falls to the next opener once its holder was silent for too long, and fences it', async () => {
    const silent = await open({ clock: createManualClock(0) });
    await expect(open({ clock: createManualClock(20 * second) })).rejects.toMatchObject({ code: 'store.held' });
    const next = await open({ clock: createManualClock(20 * second + 1) });
    await expect(silent.accept({ inputs: [causes(1).input] })).rejects.toMatchObject({ code: 'store.fenced', certain: true });
    expect(await next.nextInput()).toBeUndefined();
  });

  it('is not won back by the heartbeat of a holder that was fenced', async () => {
    const clock = createManualClock(0);
    const silent = await open({ clock });
    const next = await open({ clock: createManualClock(60 * second) });
    await clock.advance(10 * second);
    expect(clock.sleeping).toBe(0);
    await next.accept({ inputs: [causes(1).input] });
    await expect(silent.nextInput()).rejects.toMatchObject({ code: 'store.fenced' });
  });

  it('is given back at once on close, and nothing sleeps on', async () => {
    const clock = createManualClock();
    const first = await open({ clock });
    expect(clock.sleeping).toBe(1);
    await first[Symbol.asyncDispose]();
    expect(clock.sleeping).toBe(0);
    await open({ clock });
  });

  it.skipIf(process.platform !== 'linux')(
    'falls to the next opener when the holder’s process id belongs to a later process',
    async () => {
      await open();
      pretend({ process: 'ticks 1' });
      await open();
    },
  );

  it('is not judged by process ids of another machine', async () => {
    await open();
    pretend({ machine: 'elsewhere', pid: 2 ** 30 });
    await expect(open()).rejects.toMatchObject({ code: 'store.held' });
  });

  it('does not trust a heartbeat from the future', async () => {
    await open({ clock: createManualClock(3_600 * second) });
    await open({ clock: createManualClock(0) });
  });

  it('wants time for at least two heartbeats', async () => {
    await expect(open({ heartbeatMs: 5_000, staleAfterMs: 9_000 })).rejects.toThrow(RangeError);
  });
});
