import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  asId,
  type EffectKey,
  type JsonObject,
  type MessageReceived,
  type ScopeId,
  type SendPurpose,
} from '@threadbridge/contract';
import { createManualClock, type ManualClock } from '@threadbridge/contract/testing';
import type { FakeIlinkOptions } from '@threadbridge/testkit/ilink';
import { expect, it } from 'vitest';
import { createDeliveryLedger, createFileStorage, type DeliveryLedger, type LedgerStorage } from '../src/index.ts';
import { setUp, take, type World } from './set-up.ts';

interface Talk extends AsyncDisposable {
  readonly world: World;
  readonly clock: ManualClock;
  readonly ledger: DeliveryLedger;
  readonly storage: LedgerStorage & { readonly kept: Map<ScopeId, JsonObject> };
  /** The owner writes, and the ledger hears of it. */
  hear(text: string): Promise<MessageReceived>;
  say(
    text: string,
    purpose?: SendPurpose,
    more?: { readonly slot?: string; readonly expiresAt?: number; readonly key?: string },
  ): Promise<readonly string[]>;
  /** The process ends and starts again on the same storage. */
  restart(): DeliveryLedger;
  readonly shown: readonly string[];
}

function memory(): Talk['storage'] {
  const kept = new Map<ScopeId, JsonObject>();
  return {
    kept,
    load: async (scope) => structuredClone(kept.get(scope)),
    async save(scope, state) {
      kept.set(scope, structuredClone(state));
    },
  };
}

async function open(options: FakeIlinkOptions = {}): Promise<Talk> {
  const clock = createManualClock();
  const world = await setUp({ clock, ...options });
  const storage = memory();
  const make = () => createDeliveryLedger({ channel: world.connect(), storage, clock });
  let ledger = make();
  let last: MessageReceived | undefined;
  let cursor: Awaited<ReturnType<typeof take>>['cursor'];
  let keys = 0;
  return {
    world,
    clock,
    storage,
    get ledger() {
      return ledger;
    },
    async hear(text) {
      await clock.advance(1_000);
      world.fake.say(text);
      const taken = await take(world.channel, 1, cursor);
      cursor = taken.cursor;
      last = taken.events.at(-1) as MessageReceived;
      await ledger.received(last);
      return last;
    },
    async say(text, purpose = 'final', { key, ...more } = {}) {
      keys += 1;
      if (last === undefined) throw new Error('Nobody has written.');
      const deliveries = await ledger.say(
        { markdown: text },
        { to: last.scope, key: asId<EffectKey>(key ?? `k${keys}`), purpose, ...more },
      );
      return deliveries.map((one) => (one.state === 'held' ? `held: ${one.reason}` : one.state));
    },
    restart() {
      ledger = make();
      return ledger;
    },
    get shown() {
      return world.fake.sent.map((one) => one.text ?? '');
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

it('holds what is over the budget, says so on the last message, and sends it when the person writes', async () => {
  await using talk = await open({ budget: 10 });
  await talk.hear('go');
  const states: string[] = [];
  await talk.say('0');
  // Eleven more at once, so that the last that fits knows of those that wait.
  const all = await Promise.all(Array.from({ length: 12 }, (_, n) => talk.say(String(n + 1))));
  states.push(...all.flat());
  expect(states.filter((one) => one === 'accepted')).toHaveLength(9);
  expect(states.slice(9)).toEqual(['held: spent', 'held: spent', 'held: spent']);
  expect(talk.shown).toHaveLength(10);
  await talk.hear('more');
  expect(talk.shown.slice(10)).toEqual(['10', '11', '12']);
  expect(talk.world.fake.refusals).toEqual([]);
  expect(talk.world.fake.mistakes).toEqual([]);
});

it('tells on the last message that fits how many wait', async () => {
  await using talk = await open();
  await talk.hear('go');
  const parts = Array.from({ length: 13 }, (_, n) => `part ${n} ${'x'.repeat(7_000)}`);
  const states = await talk.say(parts.join('\n\n'));
  expect(states).toHaveLength(13);
  expect(talk.shown).toHaveLength(10);
  expect(talk.shown[9]).toMatch(/\(3 more waiting\. Write anything to get them\.\)$/);
  await talk.hear('go on');
  expect(talk.shown).toHaveLength(13);
  for (const [index, part] of parts.entries()) expect(talk.shown[index]).toContain(part);
});

it('has room for the word about what waits also below a part that is full', async () => {
  await using talk = await open();
  await talk.hear('go');
  await talk.say('word '.repeat(50_000));
  expect(talk.shown).toHaveLength(10);
  expect(Buffer.byteLength(talk.shown[0] ?? '')).toBeGreaterThan(11_000);
  expect(talk.shown[9]).toMatch(/^\(10\/22\)[\s\S]*\(12 more waiting\. Write anything to get them\.\)$/);
});

it('keeps room for an approval and the final answer when progress is chatty', async () => {
  await using talk = await open();
  await talk.hear('go');
  for (let n = 0; n < 20; n += 1) await talk.say(`step ${n}`, 'progress');
  expect(talk.shown).toHaveLength(6);
  expect(await talk.say('May I?', 'approval')).toEqual(['accepted']);
  expect(await talk.say('Done.', 'final')).toEqual(['accepted']);
  const status = await talk.ledger.status((await talk.hear('thanks')).scope);
  expect(status.held).toEqual([]);
  expect(talk.shown.filter((text) => text.startsWith('step'))).toHaveLength(6);
});

it('shows only the latest of progress that waited', async () => {
  await using talk = await open({ budget: 10 });
  await talk.hear('go');
  for (let n = 0; n < 12; n += 1) await talk.say(`step ${n}`, 'progress');
  await talk.hear('and?');
  expect(talk.shown).toEqual(['step 0', 'step 1', 'step 2', 'step 3', 'step 4', 'step 5', 'step 11']);
});

it('lets a final answer pass a reply that has to leave room for it, and an approval pass all that waits', async () => {
  await using talk = await open();
  await talk.hear('go');
  for (let n = 0; n < 9; n += 1) await talk.say(`r${n}`, 'reply');
  expect(talk.shown).toHaveLength(8);
  expect(await talk.say('end', 'final')).toEqual(['accepted']);
  await talk.say('end 2', 'final');
  await talk.say('late reply', 'reply');
  await talk.say('May I?', 'approval');
  await talk.hear('more');
  expect(talk.shown.slice(8)).toEqual([
    'end',
    'end 2\n\n(1 more waiting. Write anything to get it.)',
    'May I?',
    'r8',
    'late reply',
  ]);
});

it('learns from a smaller budget than it was told, and loses nothing', async () => {
  await using talk = await open({ budget: 4 });
  await talk.hear('go');
  const states = [];
  for (let n = 0; n < 6; n += 1) states.push(...(await talk.say(`${n}`)));
  expect(states).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'held: spent', 'held: spent']);
  expect(talk.world.fake.refusals).toHaveLength(1);
  await talk.hear('more');
  expect(talk.shown).toEqual(['0', '1', '2', '3', '4', '5']);
});

it('waits out a throttle without knocking', async () => {
  await using talk = await open({ throttle: { messages: 2, perMs: 10_000, penaltyMs: 50_000 } });
  const { scope } = await talk.hear('go');
  const states = [];
  for (let n = 0; n < 5; n += 1) states.push(...(await talk.say(`${n}`)));
  expect(states).toEqual(['accepted', 'accepted', 'held: throttled', 'held: throttled', 'held: throttled']);
  expect(talk.world.fake.refusals).toHaveLength(1);
  await talk.clock.advance(61_000);
  await talk.ledger.flush(scope);
  expect(talk.shown).toEqual(['0', '1', '2', '3']);
});

it('tells four outcomes apart', async () => {
  await using talk = await open();
  await talk.hear('go');
  expect(await talk.say('named')).toEqual(['accepted']);
  talk.world.fake.fail('sendmessage', { type: 'no-id', isShown: true });
  expect(await talk.say('unnamed')).toEqual(['accepted-without-id']);
  talk.world.fake.fail('sendmessage', { type: 'refuse', ret: -3 });
  expect(await talk.say('refused')).toEqual(['refused']);
  talk.world.fake.fail('sendmessage', { type: 'drop', isProcessed: true });
  expect(await talk.say('unknown')).toEqual(['unknown']);
  expect(await talk.say('goes on')).toEqual(['accepted']);
});

it('never sends again what may have arrived, nor what was said under the same key', async () => {
  await using talk = await open();
  await talk.hear('go');
  talk.world.fake.fail('sendmessage', { type: 'cut' });
  expect(await talk.say('doubtful', 'final', { key: 'same' })).toEqual(['unknown']);
  expect(await talk.say('doubtful', 'final', { key: 'same' })).toEqual(['unknown']);
  talk.restart();
  expect(await talk.say('doubtful', 'final', { key: 'same' })).toEqual(['unknown']);
  await talk.hear('and?');
  expect(talk.shown).toEqual(['doubtful']);
});

it('takes what a dead process was sending for unknown, and sends what waited', async () => {
  await using talk = await open();
  const { scope } = await talk.hear('go');
  talk.world.fake.fail('sendmessage', { type: 'hang' });
  void talk.say('in flight', 'final', { key: 'flying' }).catch(() => {});
  void talk.say('behind', 'final', { key: 'behind' }).catch(() => {});
  await talk.world.fake.until(() => talk.world.fake.requests.some((one) => one.endpoint === 'sendmessage'));
  const ledger = talk.restart();
  expect(await ledger.delivery(scope, asId<EffectKey>('flying'))).toEqual({ state: 'unknown' });
  expect(await talk.say('behind', 'final', { key: 'behind' })).toEqual(['accepted']);
  expect(talk.shown).toEqual(['behind']);
});

it('remembers over a restart what was used, what waits, and how to answer', async () => {
  await using talk = await open();
  await talk.hear('go');
  for (let n = 0; n < 12; n += 1) await talk.say(`${n}`);
  talk.restart();
  expect(await talk.say('12')).toEqual(['held: spent']);
  expect(talk.world.fake.refusals).toEqual([]);
  await talk.hear('more');
  expect(talk.shown.slice(10)).toEqual(['10', '11', '12']);
  expect(talk.world.fake.mistakes).toEqual([]);
});

it('holds while the service cannot be reached or the login has ended, and goes on later', async () => {
  await using talk = await open();
  const { scope } = await talk.hear('go');
  talk.world.fake.expireSession();
  expect(await talk.say('later')).toEqual(['held: unauthorized']);
  talk.world.fake.revive();
  await talk.ledger.flush(scope);
  expect(talk.shown).toEqual(['later']);
});

it('stays silent outside the window, and does not send what is no use any more', async () => {
  await using talk = await open();
  const { scope } = await talk.hear('go');
  await talk.clock.advance(23 * 3_600_000);
  expect(await talk.say('too late')).toEqual(['held: window']);
  expect(await talk.say('question', 'approval', { expiresAt: talk.clock.now() + 1_000 })).toEqual(['held: window']);
  await talk.clock.advance(2_000);
  expect((await talk.ledger.status(scope)).held).toHaveLength(2);
  await talk.hear('back');
  expect(talk.shown).toEqual(['too late']);
  expect(talk.world.fake.refusals).toEqual([]);
});

it('refuses rather than forgets when too much waits', async () => {
  await using talk = await open({ budget: 1 });
  await talk.hear('go');
  let last: readonly string[] = [];
  for (let n = 0; n < 215; n += 1) last = await talk.say(`${n}`);
  expect(last).toEqual(['refused']);
});

it('keeps its state in files that only their owner reads', async () => {
  const directory = join(await mkdtemp(join(tmpdir(), 'ledger-')), 'state');
  try {
    const storage = createFileStorage({ directory });
    const scope = asId<ScopeId>('wechat:../../x@im.wechat');
    expect(await storage.load(scope)).toBeUndefined();
    await storage.save(scope, { v: 1 });
    await storage.save(scope, { v: 2 });
    expect(await createFileStorage({ directory }).load(scope)).toEqual({ v: 2 });
    const [file = ''] = await readdir(directory);
    expect(file).toMatch(/^[0-9a-f]{32}\.json$/);
    expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
  } finally {
    await rm(join(directory, '..'), { recursive: true });
  }
});

it('needs a channel that publishes a budget', async () => {
  await using world = await setUp();
  const channel = { ...world.channel, limits: { text: world.channel.limits.text } };
  expect(() => createDeliveryLedger({ channel })).toThrow('budget');
});

it('does not send again when what became of a message could not be written down', async () => {
  await using talk = await open();
  await talk.hear('go');
  let saves = 0;
  const ledger = createDeliveryLedger({
    channel: talk.world.connect(),
    clock: talk.clock,
    storage: {
      load: talk.storage.load,
      async save(scope, state) {
        saves += 1;
        // The first two put it in line and claim its room; the third would say that it was accepted.
        if (saves === 3) throw new Error('The disk is full.');
        await talk.storage.save(scope, state);
      },
    },
  });
  const scope = { id: asId<ScopeId>('wechat:owner@im.wechat'), channel: talk.world.channel.id, kind: 'private' } as const;
  const say = () => ledger.say({ markdown: 'once' }, { to: scope, key: asId<EffectKey>('once'), purpose: 'final' });
  await expect(say()).rejects.toThrow('disk');
  expect(await say()).toEqual([{ state: 'unknown' }]);
  expect(talk.shown).toEqual(['once']);
});
