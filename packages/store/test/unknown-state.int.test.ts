import { createFakePlatform, createScriptedAgent } from '@threadbridge/contract/testing';
import { createGateway, eventInputId, initialState } from '@threadbridge/core';
import { createOpenFiles, testRules } from '@threadbridge/core/testing';
import Client from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { canRunSqlite, placeOfEachTest } from './sqlite-place.ts';

describe.skipIf(!canRunSqlite)('a conversation that a newer version wrote', () => {
  const place = placeOfEachTest();

  const row = () => {
    const client = new Client(place.path, { readonly: true });
    try {
      return client.prepare('select * from scopes').all();
    } finally {
      client.close();
    }
  };

  it.each([
    ['a version of the future', (state: object) => ({ ...state, v: 2, tomorrow: { is: 'another day' } })],
    ['no version', (state: object) => ({ ...state, v: undefined })],
    ['no state at all', () => null],
  ])('with %s stops the gateway with a remedy; the conversation and the message stay as they are', async (_, later) => {
    const platform = createFakePlatform({ isKeyed: true });
    const event = platform.say('hello');
    {
      await using store = await createSqliteStore({ path: place.path });
      const input = {
        type: event.type,
        id: eventInputId(platform.id, event.id),
        scope: event.scope,
        at: event.at,
        event,
      } as const;
      await store.accept({ inputs: [input] });
    }
    const client = new Client(place.path);
    client.prepare('insert into scopes values (?, ?, 5)').run(event.scope.id, JSON.stringify(later(initialState(event.scope))));
    client.close();
    const before = row();

    await using store = await createSqliteStore({ path: place.path });
    const gateway = createGateway({
      ...{ store, channels: [platform.connect()], runner: createScriptedAgent().runner(), rules: testRules },
      files: createOpenFiles(),
    });
    await expect(gateway.run(new AbortController().signal)).rejects.toMatchObject({
      ...{ code: 'store.newer_schema', certain: true },
      message: expect.stringContaining(event.scope.id),
      remedy: expect.stringContaining('Update Threadbridge'),
    });
    expect(row()).toEqual(before);
    expect((await store.nextInput())?.id).toBe(eventInputId(platform.id, event.id));
    expect(platform.shown).toEqual([]);
  });
});
