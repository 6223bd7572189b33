import { copyFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asId, type EffectKey } from '@threadbridge/contract';
import { type EffectRow, factsFrom, initialState } from '@threadbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copySqliteStore, createSqliteStore, type SqliteStore, verifyAudit } from '../src/index.ts';
import { causes } from './causes.ts';
import { canRunSqlite, placeOfEachTest } from './sqlite-place.ts';

describe.skipIf(!canRunSqlite)('a copy', () => {
  const place = placeOfEachTest();
  let to: string;
  let store: SqliteStore;
  beforeEach(async () => {
    to = join(place.directory, 'copy.db');
    store = await createSqliteStore({ path: place.path });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const { input } = causes(1);
  const row = (key: string, effect: EffectRow['effect']): EffectRow => ({
    key: asId<EffectKey>(key),
    scope: input.scope,
    effect,
  });
  const said: EffectRow['effect'] = { type: 'deliver', message: { markdown: 'hello' }, reply: null, purpose: 'reply', at: 1 };

  async function work(): Promise<void> {
    await store.accept({ inputs: [input] });
    const effects = [
      row('said', said),
      row('asked', { type: 'run.interrupt', run: asId('r') }),
      row('reminder', { type: 'timer', at: 5, timer: { name: 'budget' } }),
    ];
    const audit = [{ at: 1, kind: 'run', outcome: 'planned', detail: {} } as const];
    await store.commit({
      input: input.id,
      scope: input.scope,
      state: initialState(input.scope),
      effects,
      facts: [],
      inputs: [],
      audit,
    });
  }

  it('is made beside the one who works on the store, and is one private file', async () => {
    await work();
    await copySqliteStore({ path: place.path, to });
    await store.accept({ inputs: [causes(2).input] });
    expect((await readdir(place.directory)).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
    if (process.platform !== 'win32') expect((await stat(to)).mode & 0o777).toBe(0o600);
    await using copy = await createSqliteStore({ path: to });
    expect(await copy.checkIntegrity()).toEqual([]);
    expect(await copy.nextInput()).toBeUndefined();
    expect(await verifyAudit(copy)).toMatchObject({ isWhole: true, count: 1 });
  });

  it('never replaces what is there, and says where there is nothing to copy', async () => {
    await writeFile(to, 'precious');
    await expect(copySqliteStore({ path: place.path, to })).rejects.toMatchObject({ code: 'config.invalid' });
    expect((await stat(to)).size).toBe('precious'.length);
    const absent = copySqliteStore({ path: join(place.directory, 'none.db'), to });
    await expect(absent).rejects.toMatchObject({ code: 'config.invalid', message: expect.stringContaining('no store') });
    await copyFile(to, join(place.directory, 'damaged.db'));
    const damaged = copySqliteStore({ path: join(place.directory, 'damaged.db'), to: join(place.directory, 'other.db') });
    await expect(damaged).rejects.toMatchObject({ code: 'store.corrupt' });
  });

  it('that is put back repeats nothing that may have gone out since, and says so to each conversation', async () => {
    await work();
    await copySqliteStore({ path: place.path, to });
    await using copy = await createSqliteStore({ path: to });
    await copy.markRestored(7);
    const open = await copy.openEffects();
    expect(open.map(({ key, isStarted }) => [key, isStarted])).toEqual([
      ['said', true],
      ['reminder', false],
    ]);
    expect(await copy.nextInput()).toMatchObject({ type: 'store.restored', scope: input.scope });
    expect(factsFrom(await copy.loadFacts()).restored.get('store')).toMatchObject({ copiedAt: 7 });
    expect(await verifyAudit(copy)).toMatchObject({ isWhole: true, count: 2 });
  });
});
