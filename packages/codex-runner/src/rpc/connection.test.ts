import { silentLogger } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryTransport } from '../../test/memory-transport.ts';
import { createConnection } from './connection.ts';

const connect = (maxInFlight?: number) => {
  const transport = createMemoryTransport();
  const clock = createManualClock();
  const heard: unknown[] = [];
  const connection = createConnection({
    transport,
    clock,
    logger: silentLogger,
    requestTimeoutMs: 1_000,
    ...(maxInFlight !== undefined && { maxInFlight }),
    onNotification: (method, params) => heard.push([method, params]),
    onRequest: (request) => heard.push(request),
    onClosed: (end) => heard.push(end),
  });
  return { transport, clock, heard, connection };
};

describe('a request', () => {
  it('gets its own reply, in whatever order replies come', async () => {
    const { transport, connection } = connect();
    const [a, b] = [connection.request('a', {}), connection.request('b', {})];
    transport.reply('b', { result: 2 });
    transport.reply('a', { result: 1 });
    expect(await Promise.all([a, b])).toEqual([1, 2]);
  });

  it('rejects with what the other side says', async () => {
    const { transport, connection } = connect();
    const asked = connection.request('a', {});
    transport.reply('a', { error: { code: -32600, message: 'no such thing', data: { x: 1 } } });
    await expect(asked).rejects.toMatchObject({
      name: 'RpcError',
      code: -32600,
      message: 'no such thing',
      data: { x: 1 },
      method: 'a',
    });
  });

  it('rejects when its time is over, and a late reply does no harm', async () => {
    const { transport, clock, connection } = connect();
    const asked = connection.request('a', {});
    const outcome = expect(asked).rejects.toMatchObject({ name: 'NoReplyError', reason: 'timeout', wasSent: true });
    await clock.advance(1_000);
    await outcome;
    transport.reply('a', { result: 1 });
    expect(clock.sleeping).toBe(0);
  });

  it('waits while too many are under way, and says that it never left when the connection ends', async () => {
    const { transport, connection } = connect(2);
    const asked = [1, 2, 3, 4].map((n) => connection.request(`m${n}`, {}));
    const outcomes = Promise.allSettled(asked);
    expect(transport.sent.map(({ method }) => method)).toEqual(['m1', 'm2']);
    transport.reply('m1', { result: 'one' });
    expect(transport.sent.map(({ method }) => method)).toEqual(['m1', 'm2', 'm3']);
    transport.end();
    expect(await outcomes).toMatchObject([
      { value: 'one' },
      { reason: { reason: 'closed', wasSent: true } },
      { reason: { reason: 'closed', wasSent: true } },
      { reason: { reason: 'closed', wasSent: false } },
    ]);
  });

  it('is refused after the end, with certainty', async () => {
    const { transport, connection, heard } = connect();
    transport.end('it crashed');
    expect(heard).toEqual([{ message: 'it crashed' }]);
    await expect(connection.request('a', {})).rejects.toMatchObject({ reason: 'closed', wasSent: false, message: 'it crashed' });
  });
});

describe('what the other side sends', () => {
  it('is told apart: notifications, and requests that are answered by their id', () => {
    const { transport, connection, heard } = connect();
    transport.say({ method: 'n', params: { a: 1 }, emittedAtMs: 5 });
    transport.say({ id: 0, method: 'r', params: {} });
    connection.respond(0, { decision: 'accept' });
    connection.refuse('x', 'no');
    expect(heard).toEqual([['n', { a: 1 }], { type: 'request', id: 0, method: 'r', params: {} }]);
    expect(transport.sent).toEqual([
      { id: 0, result: { decision: 'accept' } },
      { id: 'x', error: { code: -32601, message: 'no' } },
    ]);
  });

  it('may be noise: it is dropped, and the replies in between arrive', async () => {
    const noise = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('', '[]', 'null', '{', '{"id":999,"result":1}', '{"id":"s","result":1}', '{"error":{}}', '{"id":1e999}'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(noise), fc.array(noise), async (before, after) => {
        const { transport, connection } = connect();
        const asked = connection.request('a', {});
        // Ids are ours: noise that guessed one would be a reply.
        const isReply = (text: string) => /"id":\s*1\b/.test(text);
        for (const text of before.filter((each) => !isReply(each))) transport.say(text);
        transport.reply('a', { result: 'heard' });
        for (const text of after) transport.say(text);
        expect(await asked).toBe('heard');
      }),
    );
  });
});
