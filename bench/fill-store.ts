import { asId, type EffectKey, type EventId, type MessageReceived, type Scope, scopeId } from '@threadbridge/contract';
import { createFakePlatform } from '@threadbridge/contract/testing';
import { decide, type EffectRow, eventInputId, type Input, initialState, type Rules, type Step } from '@threadbridge/core';
import { testRules } from '@threadbridge/core/testing';
import Client from 'better-sqlite3';

const platform = createFakePlatform();
const sample = platform.say('/list');
const rules: Rules = { ...testRules, access: { ...testRules.access, owners: [platform.owner.id] } };

/** The channel in which everything here happens. */
export const channel = platform.id;

/** A message of conversation `n`, as the engine takes it in. */
export function messageOf(n: number | string, id: string, at = Date.now()): Input {
  const scope: Scope = { ...sample.scope, id: scopeId(channel, `user ${n}`) };
  const event: MessageReceived = { ...sample, id: asId<EventId>(id), scope, at };
  return { type: 'message.received', id: eventInputId(channel, id), scope, at, event };
}

/** The real decision about it, ready to be committed. */
export function stepOf(input: Input, state = initialState(input.scope)): Step {
  const { effects, ...decision } = decide(state, input, rules);
  const rows = effects.map((effect, n): EffectRow => ({ key: `${input.id}:${n}` as EffectKey, scope: input.scope, effect }));
  return { input: input.id, scope: input.scope, effects: rows, ...decision };
}

/** How much lies in a store. */
export interface Filling {
  readonly scopes: number;
  /** Messages that were handled and answered. */
  readonly messages: number;
}

/**
 * Writes what a long life leaves, straight into the tables of a closed store: conversations, handled messages under ids without an order,
 * as platforms give them, and their settled answers.
 */
export function fillStore(path: string, { scopes, messages }: Filling): void {
  const input = messageOf('@scope@', '@id@');
  const step = stepOf(input);
  const [effect] = step.effects;
  if (effect === undefined) throw new Error('The command that the bench uses is not answered.');
  write(path, (client) => {
    const bind = {
      input: JSON.stringify(input),
      state: JSON.stringify(step.state),
      effect: JSON.stringify(effect),
      scopes,
      messages,
    };
    client.function('unordered', { deterministic: true }, (n) => unordered(Number(n)));
    const numbers = (count: 'scopes' | 'messages') =>
      `with recursive numbers (n) as (values (0) union all select n + 1 from numbers where n + 1 < @${count})`;
    const conversation = `'user ' || (n * 7919 % @scopes)`;
    const filled = (body: string) => `replace(replace(${body}, '@id@', unordered(n)), 'user @scope@', ${conversation})`;
    client
      .prepare(
        `insert into scopes (id, state, updated_at) ${numbers('scopes')}
         select '${channel}:user ' || n, replace(@state, '@scope@', n), 0 from numbers`,
      )
      .run(bind);
    client
      .prepare(
        `insert into inbox (id, scope, input, accepted_at, handled_at) ${numbers('messages')}
         select ${filled(`'${input.id}'`)}, '${channel}:' || ${conversation}, ${filled('@input')}, n, n from numbers`,
      )
      .run(bind);
    client
      .prepare(
        `insert into effects (key, scope, type, body, status, attempts, committed_at, started_at, settled_at) ${numbers('messages')}
         select ${filled(`'${effect.key}'`)}, '${channel}:' || ${conversation}, 'deliver', ${filled('@effect')}, 'done', 0, n, n, n from numbers`,
      )
      .run(bind);
  });
}

/** Puts answers into a closed store that nobody has given yet, each in a conversation of its own. */
export function openEffects(path: string, count: number): void {
  write(path, (client) => {
    const add = client.prepare(
      `insert into effects (key, scope, type, body, status, attempts, committed_at) values (?, ?, 'deliver', ?, 'open', 0, ?)`,
    );
    for (let n = 0; n < count; n += 1) {
      for (const row of stepOf(messageOf(n, `open ${n}`)).effects)
        add.run(row.key, row.scope.id, JSON.stringify(row), Date.now());
    }
  });
}

function write(path: string, work: (client: Client.Database) => void): void {
  const client = new Client(path);
  try {
    client.pragma('synchronous = off');
    client.pragma('cache_size = -1000000');
    client.transaction(() => work(client))();
    client.pragma('wal_checkpoint(truncate)');
  } finally {
    client.close();
  }
}

/** A name for each number, far from its neighbours'. */
export function unordered(n: number): string {
  return `om_${Math.imul(n + 1, 0x9e3779b1).toString(16)}_${n.toString(36)}`;
}
