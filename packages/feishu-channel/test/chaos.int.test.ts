import { type Cursor, emptyView, isGatewayError, type LiveRef, type MessageReceived, type RunView } from '@threadbridge/contract';
import { createManualClock, type ManualClock, settled } from '@threadbridge/contract/testing';
import type { FakeFeishu, FeishuFault, FeishuOperation } from '@threadbridge/testkit/feishu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeishuChannel } from '../src/index.ts';
import { open } from './set-up.ts';

/** What can go wrong while a message is heard, worked on and answered. */
const faults: readonly FeishuFault[] = [
  { type: 'drop' },
  { type: 'drop', isProcessed: true },
  { type: 'status', status: 502 },
  { type: 'status', status: 502, isProcessed: true },
  { type: 'rate' },
  { type: 'code', code: 99_991_663 },
  { type: 'code', code: 2_200 },
];
const cardFaults: readonly FeishuFault[] = [
  { type: 'code', code: 200_810 },
  { type: 'code', code: 300_317 },
  { type: 'code', code: 230_099, msg: 'ErrCode: 11310' },
];
const places: readonly FeishuOperation[] = [
  'card.convert',
  'message.reply',
  'message.create',
  'message.get',
  'message.list',
  'chat.get',
];
const cardPlaces: readonly FeishuOperation[] = ['card.update', 'card.settings', 'card.batch', 'element.content'];

type Act =
  | { readonly type: 'fault'; readonly place: FeishuOperation; readonly fault: FeishuFault }
  | { readonly type: 'say' }
  | { readonly type: 'lose' }
  | { readonly type: 'again' }
  | { readonly type: 'drop' }
  | { readonly type: 'crash' }
  | { readonly type: 'expire' };

const acts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Act>({ type: 'say' }) },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('fault' as const),
        place: fc.constantFrom(...places),
        fault: fc.constantFrom(...faults),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('fault' as const),
        place: fc.constant('token' as const),
        fault: fc.constantFrom(...faults.slice(0, 4)),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('fault' as const),
        place: fc.constantFrom(...cardPlaces),
        fault: fc.constantFrom(...faults, ...cardFaults),
      }),
    },
    fc.constantFrom<Act>({ type: 'lose' }, { type: 'again' }, { type: 'drop' }, { type: 'crash' }, { type: 'expire' }),
  ),
  { minLength: 3, maxLength: 14 },
);

/** What outlives a crash: as much as the engine writes down. */
interface Store {
  cursor: Cursor | undefined;
  readonly heard: Map<string, MessageReceived>;
  readonly refs: Map<string, LiveRef>;
  readonly done: Set<string>;
}

/** A process: hears, shows a run for every message, ends it, says the answer where the card could not. */
function startProcess(channel: FeishuChannel, store: Store) {
  const stop = new AbortController();
  const { live } = channel.capabilities;
  const view = (status: RunView['status'], text: string): RunView => ({
    ...emptyView,
    status,
    texts: [{ item: 'i' as never, text, isDraft: status === 'running' }],
  });

  async function work(event: MessageReceived): Promise<void> {
    const to = { to: event.scope, reply: event.reply, key: `${event.id}/live` as never };
    const answer = `answer to ${event.text}`;
    let ref = store.refs.get(event.id);
    try {
      ref ??= await live.open(view('running', 'answer'), to);
      if (stop.signal.aborted) return;
      store.refs.set(event.id, ref);
      for (const text of ['answer to', answer]) ref = (await live.update(ref, view('running', text))) ?? ref;
      if (stop.signal.aborted) return;
      store.refs.set(event.id, ref);
    } catch (error) {
      if (!isGatewayError(error)) throw error;
    }
    for (let attempt = 1; attempt < 30 && !stop.signal.aborted; attempt += 1) {
      try {
        if (ref === undefined) await channel.send({ markdown: answer }, { ...to, key: `${event.id}/answer` as never });
        else await live.close(ref, view('completed', answer));
        store.done.add(event.id);
        return;
      } catch (error) {
        if (!isGatewayError(error)) throw error;
        // A card that cannot hold the answer is followed by a message.
        if (error.code === 'channel.rejected' || error.code === 'channel.target_gone') ref = undefined;
      }
    }
  }

  const working: Promise<void>[] = [];
  for (const [id, event] of store.heard) if (!store.done.has(id)) working.push(work(event));
  const reading = (async () => {
    for await (const batch of channel.receive({
      signal: stop.signal,
      ...(store.cursor !== undefined && { cursor: store.cursor }),
    })) {
      for (const event of batch.events) {
        if (event.type !== 'message.received' || store.heard.has(event.id)) continue;
        store.heard.set(event.id, event);
        working.push(work(event));
      }
      store.cursor = batch.cursor ?? store.cursor;
    }
  })();
  return {
    async kill() {
      stop.abort();
      await Promise.all([reading, ...working]);
    },
  };
}

async function passing<T>(clock: ManualClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const over = work.finally(() => {
    isDone = true;
  });
  over.catch(() => {});
  while (!isDone) {
    await settled();
    await clock.advance(20);
  }
  return over;
}

/** Lets time pass until this holds; a minute of it is more than any retry takes. */
async function eventually(clock: ManualClock, holds: () => boolean): Promise<boolean> {
  for (let n = 0; n < 30_000 && !holds(); n += 1) {
    await clock.advance(n < 2_000 ? 50 : 1_000);
    await settled();
  }
  return holds();
}

function act(fake: FakeFeishu, one: Exclude<Act, { readonly type: 'crash' }>, n: number): void {
  switch (one.type) {
    case 'fault':
      fake.fail(one.place, one.fault);
      break;
    case 'say':
    case 'lose':
      fake.say(`question ${n}`, { isLost: one.type === 'lose' });
      break;
    case 'again':
      fake.redeliver();
      break;
    case 'drop':
      fake.connections.drop();
      break;
    case 'expire':
      fake.expireTokens();
      break;
  }
}

describe('whatever goes wrong', () => {
  it('every message is heard once and answered once, and no card is left running', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (list) => {
        const clock = createManualClock();
        await using world = await open({ clock, clientConfig: { ReconnectInterval: 0.01 } });
        const { fake } = world;
        const store: Store = { cursor: undefined, heard: new Map(), refs: new Map(), done: new Set() };
        let process = startProcess(world.connect(), store);
        await fake.until(() => fake.connections.open > 0);
        fake.say('question first');
        let said = 1;
        expect(await eventually(clock, () => store.done.size === 1)).toBe(true);
        for (const [n, one] of list.entries()) {
          if (one.type === 'crash') {
            await passing(clock, process.kill());
            process = startProcess(world.connect(), store);
          } else act(fake, one, n);
          if (one.type === 'say' || one.type === 'lose') said += 1;
          await clock.advance(200);
        }
        const isQuiet = await eventually(clock, () => store.done.size === said);
        await passing(clock, process.kill());
        expect([isQuiet, store.done.size]).toEqual([true, said]);
        const texts = fake.sent.filter((one) => !one.isDeleted).map((one) => one.text);
        for (const { text } of store.heard.values()) {
          const whole = texts.filter((one) => new RegExp(`answer to ${text}(?!\\d)`).test(one));
          expect(whole, `answers to ${text}`).toHaveLength(1);
        }
        expect(fake.cards.filter((one) => one.isStreaming)).toEqual([]);
        expect(texts.join()).not.toContain('Working');
      }),
      { numRuns: 25, interruptAfterTimeLimit: 60_000 },
    );
  });
});
