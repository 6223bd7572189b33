import { asId, type ItemId, type ThreadId } from '@threadbridge/contract';
import { createManualClock, settled } from '@threadbridge/contract/testing';
import { describe, expect, it } from 'vitest';
import { readTurn } from '../../test/read-fixture.ts';
import { createEventBuffer } from './event-buffer.ts';
import { watchForStall } from './stall-watch.ts';
import { createThreadLine } from './thread-line.ts';
import { createTurnLog } from './turn-log.ts';

const never = new AbortController().signal;
const [a, b] = [asId<ThreadId>('a'), asId<ThreadId>('b')];

describe('the line of a thread', () => {
  it('lets one in at a time, in the order they came, and other threads pass', async () => {
    const line = createThreadLine();
    const order: string[] = [];
    const leave = await line.enter(a, never);
    const second = line.enter(a, never).then((out) => {
      order.push('second');
      return out;
    });
    const third = line.enter(a, never).then(() => order.push('third'));
    await line.enter(b, never);
    expect(order).toEqual([]);
    leave?.();
    (await second)?.();
    await third;
    expect(order).toEqual(['second', 'third']);
  });

  it('lets who waits give up, without letting the next one overtake', async () => {
    const line = createThreadLine();
    const leave = await line.enter(a, never);
    const stop = new AbortController();
    const gaveUp = line.enter(a, stop.signal);
    let isIn = false;
    const last = line.enter(a, never).then((out) => {
      isIn = true;
      return out;
    });
    stop.abort();
    expect(await gaveUp).toBeUndefined();
    await settled();
    expect(isIn).toBe(false);
    leave?.();
    expect(await last).toBeTypeOf('function');
  });
});

describe('the log of a turn', () => {
  const message = (id: string, text = '') => ({
    threadId: 't',
    turnId: 'u',
    item: { type: 'agentMessage', id, text, phase: null },
  });
  const types = (events: readonly { type: string }[]) => events.map(({ type }) => type);

  it('drops the draft that a steer cut off when the next message begins', () => {
    const log = createTurnLog();
    log.take('item/started', message('m1'));
    expect(types(log.take('item/started', message('m2')))).toEqual(['item.dropped', 'item.started']);
    log.take('item/completed', message('m2', 'whole'));
    expect(log.text()).toBe('whole');
  });

  it('drops drafts when Codex tries again, and keeps commands', () => {
    const log = createTurnLog();
    log.take('item/started', { item: { type: 'commandExecution', id: 'c', command: 'x', status: 'inProgress' } });
    log.take('item/started', message('m1'));
    const retry = { error: { message: 'Reconnecting... 1/2' }, willRetry: true };
    expect(log.take('error', retry)).toMatchObject([{ type: 'item.dropped', item: 'm1' }, { type: 'turn.retrying' }]);
    expect([log.isWorking(), log.hasOpenCommand()]).toEqual([true, true]);
    log.forget([asId<ItemId>('c')]);
    expect([log.isWorking(), log.hasOpenCommand()]).toEqual([false, false]);
  });

  it('knows the files of a change before it is asked about them', () => {
    const log = createTurnLog();
    const messages = readTurn('turn-file-approval');
    const asked = messages.find(({ id }) => id !== undefined)?.params as { readonly itemId: ItemId } | undefined;
    for (const { id, method, params } of messages) {
      if (id !== undefined) break;
      log.take(method, params);
    }
    expect(log.changesOf(asked?.itemId ?? asId('none'))).toMatchObject([{ path: '/work/project/a.txt', kind: 'update' }]);
  });

  it('keeps what was completed of a captured turn that was interrupted', () => {
    const log = createTurnLog();
    for (const { method, params } of readTurn('turn-interrupted')) log.take(method, params);
    expect(log.text()).toBe('Half.');
    expect(log.usage()?.total.output).toBeGreaterThan(0);
  });
});

describe('the watch for silence', () => {
  const watch = (isExcused = () => false) => {
    const clock = createManualClock();
    let stalls = 0;
    const watching = watchForStall({ clock, deadlineMs: 1_000, isExcused, onStall: () => void stalls++ });
    return { clock, watching, stalls: () => stalls };
  };

  it('strikes once, a full deadline after the last sign of life', async () => {
    const { clock, watching, stalls } = watch();
    await clock.advance(900);
    watching.note();
    await clock.advance(999);
    expect(stalls()).toBe(0);
    await clock.advance(1);
    expect(stalls()).toBe(1);
    await clock.advance(10_000);
    expect([stalls(), clock.sleeping]).toEqual([1, 0]);
  });

  it('waits as long as somebody else is awaited, and a full deadline after that', async () => {
    let isExcused = true;
    const { clock, stalls } = watch(() => isExcused);
    await clock.advance(100_000);
    isExcused = false;
    await clock.advance(999);
    expect(stalls()).toBe(0);
    await clock.advance(1);
    expect(stalls()).toBe(1);
  });

  it('leaves no timer when it is stopped', async () => {
    const { clock, watching } = watch();
    watching.stop();
    await settled();
    expect(clock.sleeping).toBe(0);
  });
});

describe('the event buffer', () => {
  const read = async (buffer: ReturnType<typeof createEventBuffer<number>>) => {
    const values: number[] = [];
    for await (const value of buffer.read()) values.push(value);
    return values;
  };

  it('gives everything in order, however it was pushed, and then the end', async () => {
    const buffer = createEventBuffer<number>();
    buffer.push(1);
    const reading = read(buffer);
    await settled();
    buffer.push(2);
    buffer.push(3);
    await settled();
    buffer.push(4);
    buffer.end();
    buffer.push(5);
    expect(await reading).toEqual([1, 2, 3, 4]);
  });

  it('gives what came before an error, and then the error', async () => {
    const buffer = createEventBuffer<number>();
    buffer.push(1);
    buffer.fail(new Error('lost'));
    buffer.end();
    const values: number[] = [];
    await expect(
      (async () => {
        for await (const value of buffer.read()) values.push(value);
      })(),
    ).rejects.toThrow('lost');
    expect(values).toEqual([1]);
  });
});
