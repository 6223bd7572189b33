import { readFile } from 'node:fs/promises';
import { asId, type ScopeId } from '@threadbridge/contract';
import { createFakePlatform, createManualClock, createScriptedAgent, settled } from '@threadbridge/contract/testing';
import { createGateway, type Store } from '@threadbridge/core';
import { createOpenFiles, testRules } from '@threadbridge/core/testing';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { openPlace } from './sqlite-place.ts';

/** Written by version 0.1.0: a conversation in each of its phases, effects in all their states, a message in the inbox. */
const fixture = new URL('__fixtures__/store-0.1.0.sql', import.meta.url);
const names = ['idle', 'running', 'asked', 'preparing', 'collecting', 'inbox'] as const;

async function openOld(path: string): Promise<void> {
  const raw = new Database(path);
  raw.exec(await readFile(fixture, 'utf8'));
  raw.close();
}

async function phases(store: Store) {
  const states = await Promise.all(names.map((name) => store.loadScope(asId<ScopeId>(`fake:${name}`))));
  return states.map((state) => state?.phase.name);
}

it('a store of 0.1.0 is opened, and every conversation in it goes on: nothing lost, nothing twice', async () => {
  await using place = await openPlace();
  const { path } = place;
  await openOld(path);
  const clock = createManualClock();
  const platform = createFakePlatform({ now: clock.now });
  const agent = createScriptedAgent();
  // What the store has taken in of the feed already.
  for (let seen = 0; seen < 9; seen += 1) platform.say('before');
  await using store = await createSqliteStore({ path, clock });
  expect(await phases(store)).toEqual(['idle', 'running', 'running', 'preparing', 'collecting', undefined]);
  const rules = { ...testRules, access: { ...testRules.access, owners: [platform.owner.id] } };
  const stop = new AbortController();
  const gateway = createGateway({
    store,
    runner: agent.runner(),
    channels: [platform.connect()],
    rules,
    files: createOpenFiles(),
    clock,
  });
  const ended = gateway.run(stop.signal);
  const said = (name: string) =>
    platform.shown.filter(({ scope }) => scope.id === `fake:${name}`).map(({ message }) => message.markdown);
  const rest = async () => {
    for (let round = 0; round < 30; round += 1) {
      for (let turn = 0; turn < 12; turn += 1) await settled();
      await clock.advance(200);
    }
  };
  await rest();
  expect(said('running')).toEqual([expect.stringMatching(/cut off.*no record of this turn/s), 'You said: and then?']);
  expect(said('asked')).toEqual(['You said: begin']);
  expect(said('preparing')).toEqual(['You said: prepare']);
  expect(said('collecting')).toEqual(['You said: one\n\ntwo']);
  expect(said('inbox')).toEqual(['You said: unread']);
  expect(said('idle')).toEqual([]);
  for (const name of names) platform.say('go on', { scope: { ...platform.privateScope, id: asId<ScopeId>(`fake:${name}`) } });
  await rest();
  for (const name of names) expect(said(name).at(-1), name).toBe('You said: go on');
  expect(await phases(store)).toEqual(names.map(() => 'idle'));
  expect((await store.openEffects()).filter(({ effect }) => effect.type !== 'timer')).toEqual([]);
  stop.abort();
  await ended;
});
