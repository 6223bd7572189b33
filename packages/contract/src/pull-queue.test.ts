import { expect, it } from 'vitest';
import { createPullQueue } from './pull-queue.ts';

it('resolves a push when the reader asks for the next item, not before', async () => {
  const queue = createPullQueue<number>();
  const stop = new AbortController();
  const told: string[] = [];
  const pushed = queue.push(1).then(() => told.push('handled'));
  const reader = queue.receive(stop.signal)[Symbol.asyncIterator]();
  expect((await reader.next()).value).toBe(1);
  expect(told).toEqual([]);
  const next = reader.next();
  await pushed;
  expect(told).toEqual(['handled']);
  stop.abort();
  expect((await next).done).toBe(true);
});

it('yields an item again when its handling failed', async () => {
  const queue = createPullQueue<string>();
  const stop = new AbortController();
  const pushed = queue.push('again');
  for await (const item of queue.receive(stop.signal)) {
    expect(item).toBe('again');
    break;
  }
  for await (const item of queue.receive(stop.signal)) {
    expect(item).toBe('again');
    stop.abort();
  }
  await pushed;
});

it('tells whoever waits when it closes', async () => {
  const queue = createPullQueue<string>();
  const pushed = queue.push('never read');
  queue.close();
  await expect(pushed).rejects.toThrow('before the item was handled');
  await expect(queue.push('late')).rejects.toThrow('closed');
});

it('refuses more than it can hold', async () => {
  const queue = createPullQueue<number>({ capacity: 1 });
  const first = queue.push(1);
  await expect(queue.push(2)).rejects.toThrow('full');
  queue.close();
  await expect(first).rejects.toThrow();
});
