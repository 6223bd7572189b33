import {
  asId,
  type Cursor,
  type EffectKey,
  type JsonObject,
  type MessageReceived,
  type ScopeId,
  type SendPurpose,
} from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { type IlinkFault, type IlinkMessage, startFakeIlink } from '@threadbridge/testkit/ilink';
import { expect, it } from 'vitest';
import { createDeliveryLedger, createIlinkChannel, type Delivery, type DeliveryLedger } from '../src/index.ts';

/** Numbers from 0 to 1, the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What survives a process. */
interface Disk {
  cursor: Cursor | undefined;
  readonly seen: Set<string>;
  readonly todo: MessageReceived[];
  readonly ledgers: Map<ScopeId, string>;
}

class Killed extends Error {}

/** How a ledger writes down what became of a message. */
interface End {
  readonly key: string;
  readonly delivery: Delivery;
}

const receiveFaults: readonly IlinkFault[] = [
  { type: 'cut' },
  { type: 'drop' },
  { type: 'drop', isProcessed: true },
  { type: 'garbage' },
  { type: 'status', status: 502 },
  { type: 'status', status: 524, afterMs: 300 },
  { type: 'duplicate' },
  { type: 'duplicate' },
  { type: 'reorder' },
  { type: 'reorder' },
];
const sendFaults: readonly IlinkFault[] = [
  { type: 'cut' },
  { type: 'drop' },
  { type: 'drop', isProcessed: true },
  { type: 'garbage' },
  { type: 'status', status: 502, isProcessed: true },
  { type: 'status', status: 502 },
  { type: 'no-id', isShown: true },
  { type: 'refuse', ret: -2, errmsg: 'prepare failed' },
  { type: 'refuse', ret: -2, errmsg: 'prepare failed' },
  { type: 'refuse', ret: -2, errmsg: 'rate limited' },
  { type: 'refuse', ret: -3, errmsg: 'invalid argument' },
];

it.each([
  { seed: 1, count: 2_000 },
  { seed: 2, count: 400 },
  { seed: 3, count: 400 },
  { seed: 4, count: 400 },
  { seed: 112, count: 400 },
])(
  'under faults, repetitions, disorder and crashes (seed $seed, $count messages) nothing is lost and nothing is done twice',
  async ({ seed, count }) => {
    const roll = dice(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
    const clock = createManualClock();
    await using fake = await startFakeIlink({ clock });
    const people = ['ann@im.wechat', 'bob@im.wechat', 'cid@im.wechat'];
    const disk: Disk = { cursor: undefined, seen: new Set(), todo: [], ledgers: new Map() };
    const handled = new Map<string, number>();
    const keys = new Map<EffectKey, { readonly scope: MessageReceived['scope']; readonly purpose: SendPurpose }>();
    const outcomes = new Map<string, Delivery['state']>();
    const wrong: string[] = [];
    let lives = 0;
    let isCalm = false;
    let stopNow = () => {};
    let ended = false;

    /** One life of a process; ends by a crash at some moment, or by `stopNow`. */
    async function live(): Promise<void> {
      lives += 1;
      const stop = new AbortController();
      stopNow = () => stop.abort();
      let isAlive = true;
      let left = isCalm ? Number.POSITIVE_INFINITY : 20 + Math.floor(roll() * 300);
      const breathe = () => {
        left -= 1;
        if (left === 0) {
          isAlive = false;
          stop.abort();
        }
        if (!isAlive) throw new Killed();
      };
      const channel = createIlinkChannel({
        credentials: fake.credentials,
        clock,
        spacingMs: 0,
        // A process may end before a request, after it, and between an answer and what comes of it.
        async fetch(input, init) {
          breathe();
          const response = await fetch(input, init);
          breathe();
          return response;
        },
      });
      const ledger = createDeliveryLedger({
        channel,
        clock,
        storage: {
          async load(scope) {
            const stored = disk.ledgers.get(scope);
            return stored === undefined ? undefined : JSON.parse(stored);
          },
          async save(scope: ScopeId, state: JsonObject) {
            breathe();
            disk.ledgers.set(scope, JSON.stringify(state));
            for (const { key, delivery } of (state as unknown as { done: readonly End[] }).done.slice(-5)) {
              const known = outcomes.get(key);
              if (known !== undefined && known !== delivery.state) wrong.push(`${key} was ${known} and became ${delivery.state}`);
              outcomes.set(key, delivery.state);
            }
          },
        },
      });
      try {
        await work(ledger);
        for await (const batch of channel.receive({
          signal: stop.signal,
          ...(disk.cursor !== undefined && { cursor: disk.cursor }),
        })) {
          breathe();
          if (!isCalm && roll() < 0.05) throw new Error('The handling of a batch failed.');
          for (const event of batch.events as readonly MessageReceived[]) {
            if (disk.seen.has(event.id)) continue;
            disk.seen.add(event.id);
            disk.todo.push(event);
            handled.set(event.text, (handled.get(event.text) ?? 0) + 1);
          }
          disk.cursor = batch.cursor ?? disk.cursor;
          await work(ledger);
        }
      } catch (error) {
        if (isAlive && !(error instanceof Error && error.message.startsWith('The handling'))) throw error;
      } finally {
        isAlive = false;
        stop.abort();
      }
    }

    async function work(ledger: DeliveryLedger): Promise<void> {
      for (let event = disk.todo[0]; event !== undefined; event = disk.todo[0]) {
        await ledger.received(event);
        const n = Number(event.text.slice(2));
        for (let part = 0; part < n % 4; part += 1) {
          const key = asId<EffectKey>(`answer ${n}.${part}!`);
          const purpose = (['reply', 'progress', 'reply', 'final', 'approval', 'reply'] as const)[(n + part) % 6] ?? 'final';
          keys.set(key, { scope: event.scope, purpose });
          await ledger.say({ markdown: key }, { to: event.scope, key, purpose });
        }
        disk.todo.shift();
      }
    }

    const living = (async () => {
      while (!ended) {
        await live();
        await fake.until(() => fake.polls === 0);
      }
    })();
    const ticking = (async () => {
      while (!ended) await clock.advance(100);
    })();

    const said: IlinkMessage[] = [];
    for (let n = 0; n < count; n += 1) {
      if (roll() < 0.08) fake.fail('getupdates', pick(receiveFaults));
      if (roll() < 0.1) fake.fail('sendmessage', pick(sendFaults));
      const hasId = roll() > 0.05;
      said.push(
        fake.say(`m ${n}`, { from: pick(people), ...(!hasId && { fields: { message_id: pick([undefined, '0', '']) } }) }),
      );
      if (roll() < 0.1) fake.redeliver(pick(said));
      if (roll() < 0.1) await clock.advance(30_000);
      if (n % 3 === 2) await Promise.race([living, fake.until(() => handled.size >= n - 6)]);
    }
    // The faults are over: everybody writes until nothing waits.
    isCalm = true;
    stopNow();
    for (let n = count; n < count + 400 * people.length && (n < count + 60 || (await waiting()) > 0); n += 1) {
      said.push(fake.say(`m ${n * 4}`, { from: people[n % people.length] as string }));
      await Promise.race([living, fake.until(() => handled.has(`m ${n * 4}`))]);
      // A throttle that was learned has to pass.
      const until = clock.now() + 60_000;
      while (clock.now() < until) await clock.advance(1_000);
    }
    ended = true;
    stopNow();
    await Promise.all([living, ticking]);

    async function waiting(): Promise<number> {
      return [...disk.ledgers.values()].reduce((sum, state) => sum + (JSON.parse(state) as { queue: unknown[] }).queue.length, 0);
    }

    expect(said.map((one) => handled.get(one.item_list?.[0]?.text_item?.text ?? '')).filter((times) => times !== 1)).toEqual([]);
    expect(handled.size).toBe(said.length);
    expect(disk.todo).toEqual([]);
    expect(await waiting()).toBe(0);

    const shown = (key: string) => fake.sent.filter((one) => one.text?.startsWith(key)).length;
    for (const key of keys.keys()) {
      const times = shown(key);
      const outcome = outcomes.get(key);
      const isFine =
        outcome === undefined
          ? times <= 1
          : { accepted: times === 1, 'accepted-without-id': times === 1, refused: times === 0, unknown: times <= 1, held: false }[
              outcome
            ];
      if (!isFine) wrong.push(`${key} ${outcome ?? 'has no end'}: shown ${times} times`);
    }
    expect(wrong).toEqual([]);
    expect(fake.sent.length).toBeGreaterThan(count / 2);
    expect(lives).toBeGreaterThan(count / 200);
    // The service itself never had to refuse: the budget was kept.
    expect(fake.refusals).toEqual([]);
    expect(fake.mistakes).toEqual([]);
  },
  120_000,
);

it('handles 2,000 messages once each where the service gives every answer only once, whatever fails on our side', async () => {
  const roll = dice(5);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
  await using fake = await startFakeIlink({ repeatsAnswered: false });
  const channel = createIlinkChannel({ credentials: fake.credentials });
  const stop = new AbortController();
  const seen = new Set<string>();
  const handled: string[] = [];
  let cursor: Cursor | undefined;
  let failures = 0;

  /** Ends when handling fails; what was not acknowledged comes again. */
  async function handle(): Promise<void> {
    for await (const batch of channel.receive({ signal: stop.signal, ...(cursor !== undefined && { cursor }) })) {
      if (roll() < 0.1) throw new Error('The handling of a batch failed.');
      for (const event of batch.events as readonly MessageReceived[]) {
        if (seen.has(event.id)) continue;
        seen.add(event.id);
        handled.push(event.text);
      }
      cursor = batch.cursor ?? cursor;
    }
  }

  const handling = (async () => {
    while (!stop.signal.aborted) {
      await handle().catch((error: unknown) => {
        if (!(error instanceof Error && error.message.startsWith('The handling'))) throw error;
        failures += 1;
      });
    }
  })();
  const said: IlinkMessage[] = [];
  for (let n = 0; n < 2_000; n += 1) {
    if (roll() < 0.1) fake.fail('getupdates', pick([{ type: 'duplicate' }, { type: 'reorder' }]));
    const hasId = roll() > 0.05;
    said.push(fake.say(`m ${n}`, { ...(!hasId && { fields: { message_id: pick([undefined, '0', '']) } }) }));
    if (roll() < 0.1) fake.redeliver(pick(said));
    if (n % 3 === 2) await fake.until(() => fake.polls === 1);
  }
  await expect.poll(() => handled.length, { timeout: 30_000 }).toBe(2_000);
  stop.abort();
  await handling;
  expect(new Set(handled).size).toBe(2_000);
  expect(failures).toBeGreaterThan(20);
  expect(fake.mistakes).toEqual([]);
}, 60_000);
