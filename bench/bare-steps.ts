import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakePlatform } from '@threadbridge/contract/testing';
import { decide, eventInputId, initialState } from '@threadbridge/core';
import { testRules } from '@threadbridge/core/testing';
import { createSqliteStore } from '@threadbridge/store';
import Client from 'better-sqlite3';

/**
 * The rows that a command writes, by hand: message and cursor; handled, state and reply; reply begun; reply ended. The tables are the
 * store's own. No decision, no lease, no checks, no promises. Answers with messages a second.
 */
export async function bareSteps(count: number): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'threadbridge-bare-'));
  const path = join(directory, 'bare.db');
  await (await createSqliteStore({ path }))[Symbol.asyncDispose]();
  const client = new Client(path);
  try {
    client.pragma('journal_mode = wal');
    client.pragma('synchronous = normal');
    const add = client.prepare('insert into inbox (id, scope, input, accepted_at) values (?, ?, ?, ?)');
    const move = client.prepare(
      'insert into cursors values (?, ?, ?) on conflict (channel) do update set cursor = excluded.cursor',
    );
    const handle = client.prepare('update inbox set handled_at = ? where id = ?');
    const put = client.prepare('insert into scopes values (?, ?, ?) on conflict (id) do update set state = excluded.state');
    const ask = client.prepare(
      "insert into effects (key, scope, type, body, status, attempts, committed_at) values (?, ?, ?, ?, 'open', 0, ?)",
    );
    const begin = client.prepare("update effects set status = 'started', started_at = ? where key = ?");
    const end = client.prepare("update effects set status = 'done', settled_at = ? where key = ?");
    const write = client.transaction((work: () => void) => work()).immediate;
    const platform = createFakePlatform({ now: Date.now });
    const startedAt = performance.now();
    for (let n = 0; n < count; n += 1) {
      const event = platform.say('/list');
      const input = {
        type: 'message.received',
        id: eventInputId(platform.id, event.id),
        scope: event.scope,
        at: event.at,
        event,
      } as const;
      const key = `${input.id}:0`;
      write(() => {
        add.run(input.id, event.scope.id, JSON.stringify(input), Date.now());
        move.run(platform.id, String(n), Date.now());
      });
      const state = { ...initialState(event.scope), reply: event.reply };
      const effect = {
        key,
        scope: event.scope,
        effect: { type: 'deliver', message: { markdown: reply }, reply: event.reply, at: event.at },
      };
      write(() => {
        handle.run(Date.now(), input.id);
        put.run(event.scope.id, JSON.stringify(state), Date.now());
        ask.run(key, event.scope.id, 'deliver', JSON.stringify(effect), Date.now());
      });
      write(() => begin.run(Date.now(), key));
      write(() => end.run(Date.now(), key));
    }
    return count / ((performance.now() - startedAt) / 1000);
  } finally {
    client.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** What the command answers, taken from a decision once. */
const reply = (() => {
  const platform = createFakePlatform();
  const event = platform.say('/list');
  const rules = { ...testRules, access: { ...testRules.access, owners: [platform.owner.id] } };
  const input = {
    type: 'message.received',
    id: eventInputId(platform.id, event.id),
    scope: event.scope,
    at: event.at,
    event,
  } as const;
  const effect = decide(initialState(event.scope), input, rules).effects[0];
  return effect?.type === 'deliver' ? effect.message.markdown : '';
})();
