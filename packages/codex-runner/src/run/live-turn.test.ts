import { asId, type RunEvent, type RunInput, silentLogger, type ThreadId } from '@threadbridge/contract';
import { createManualClock, settled } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { createMemoryTransport } from '../../test/memory-transport.ts';
import { connectAppServer } from '../app-server/app-server.ts';
import { askForTurn } from './ask-for-turn.ts';
import { createLiveTurn } from './live-turn.ts';

const thread = asId<ThreadId>('t1');
const input: RunInput = { prompt: 'hi', workspace: asId('/work'), sandbox: 'read-only' };

/** A turn on an app-server that the test plays. */
const setUp = async () => {
  const clock = createManualClock();
  const transport = createMemoryTransport();
  const connecting = connectAppServer({
    transport,
    clientInfo: { name: 'threadbridge', title: null, version: '0.0.0' },
    clock,
    logger: silentLogger,
    requestTimeoutMs: 30_000,
  });
  transport.reply('initialize', { result: { userAgent: 'threadbridge/0.169.0' } });
  const server = await connecting;
  const live = createLiveTurn({ server, thread, clock, logger: silentLogger, turnDeadlineMs: 600_000 });
  const turn = { ...live, begin: () => live.begin(() => askForTurn(input)(server, thread)) };
  const events: RunEvent[] = [];
  const reading = (async () => {
    for await (const event of turn.events) events.push(event);
  })();
  reading.catch(() => {});
  const tell = (method: string, params: object, id = 'u1') =>
    transport.say({ method, params: { threadId: 't1', turnId: id, ...params } });
  const begin = async () => {
    const begun = turn.begin();
    transport.reply('turn/start', { result: { turn: { id: 'u1' } } });
    await begun;
    tell('turn/started', { turn: { id: 'u1' } });
  };
  const end = (status: string) => tell('turn/completed', { turn: { id: 'u1', status } });
  const sent = (method: string) => transport.sent.filter((message) => message.method === method);
  return { clock, transport, turn, events, reading, tell, begin, end, sent };
};
const types = (events: readonly RunEvent[]) => events.map(({ type }) => type);

it('loses nothing that comes before the reply which names the turn', async () => {
  const { turn, transport, tell, end, events, reading } = await setUp();
  const begun = turn.begin();
  tell('turn/started', { turn: { id: 'u1' } });
  tell('item/agentMessage/delta', { itemId: 'm', delta: 'early' });
  end('completed');
  transport.reply('turn/start', { result: { turn: { id: 'u1' } } });
  await begun;
  await reading;
  expect(types(events)).toEqual(['turn.started', 'text.delta', 'turn.completed']);
});

it('does not take what belongs to another turn of the thread', async () => {
  const { begin, tell, end, events, reading } = await setUp();
  await begin();
  tell('item/agentMessage/delta', { itemId: 'm', delta: 'old' }, 'u0');
  tell('turn/completed', { turn: { id: 'u0', status: 'completed' } }, 'u0');
  end('completed');
  end('failed');
  await reading;
  expect(types(events)).toEqual(['turn.started', 'turn.completed']);
});

it('interrupts only once the turn has started, and then ends its commands', async () => {
  const { turn, transport, tell, end, sent, events, reading } = await setUp();
  const begun = turn.begin();
  transport.reply('turn/start', { result: { turn: { id: 'u1' } } });
  await begun;
  const interrupted = turn.interrupt();
  await settled();
  expect(sent('turn/interrupt')).toEqual([]);
  tell('turn/started', { turn: { id: 'u1' } });
  await settled();
  expect(sent('turn/interrupt')).toMatchObject([{ params: { threadId: 't1', turnId: 'u1' } }]);
  tell('item/started', { item: { type: 'commandExecution', id: 'c', status: 'inProgress' } });
  transport.reply('turn/interrupt', { result: {} });
  end('interrupted');
  transport.reply('thread/backgroundTerminals/clean', { result: {} });
  await settled();
  expect(types(events)).not.toContain('turn.interrupted');
  tell('item/completed', { item: { type: 'commandExecution', id: 'c', status: 'failed' } });
  await Promise.all([interrupted, reading]);
  expect(types(events)).toEqual(['turn.started', 'item.started', 'item.completed', 'turn.interrupted']);
});

it('does not wait for ever for the last word of a command', async () => {
  const { begin, clock, transport, tell, end, events, reading } = await setUp();
  await begin();
  tell('item/started', { item: { type: 'commandExecution', id: 'c', status: 'inProgress' } });
  end('interrupted');
  transport.reply('thread/backgroundTerminals/clean', { result: {} });
  await settled();
  await clock.advance(2_000);
  await reading;
  expect(types(events).at(-1)).toBe('turn.interrupted');
});

it('is told its end also where Codex dies while cleaning up after it', async () => {
  const { begin, transport, end, events, reading } = await setUp();
  await begin();
  end('interrupted');
  transport.end();
  await reading;
  expect(types(events)).toEqual(['turn.started', 'turn.interrupted']);
});

it('ends a Codex that does not end a turn it was told to end', async () => {
  const { begin, turn, clock, transport, reading } = await setUp();
  await begin();
  const interrupted = turn.interrupt();
  await settled();
  transport.reply('turn/interrupt', { result: {} });
  await settled();
  await clock.advance(10_000);
  await interrupted;
  expect(transport.isClosed).toBe(true);
  await expect(reading).rejects.toMatchObject({
    code: 'runner.lost',
    certain: false,
    message: expect.stringContaining('did not end'),
  });
});

it('ends a Codex that does not answer when a turn is asked for: it might run unseen', async () => {
  const { turn, clock, transport } = await setUp();
  const outcome = expect(turn.begin()).rejects.toMatchObject({ code: 'runner.protocol', certain: false });
  await clock.advance(30_000);
  await outcome;
  expect(transport.isClosed).toBe(true);
});

it('is certainly not begun where Codex refuses it', async () => {
  const { turn, transport } = await setUp();
  const outcome = expect(turn.begin()).rejects.toMatchObject({ code: 'runner.overloaded', certain: true });
  transport.reply('turn/start', { error: { code: -32001, message: 'Server overloaded; retry later.' } });
  await outcome;
  expect(transport.isClosed).toBe(false);
});

it('closes a question when Codex says that it is void, and answers one it does not know at once', async () => {
  const { begin, transport, tell, end, events, reading } = await setUp();
  await begin();
  transport.say({ id: 3, method: 'item/fileChange/requestApproval', params: { threadId: 't1', turnId: 'u1', itemId: 'f' } });
  transport.say({ id: 4, method: 'item/future/requestApproval', params: { threadId: 't1', turnId: 'u1' } });
  tell('serverRequest/resolved', { requestId: 3 });
  end('completed');
  await reading;
  expect(types(events)).toEqual(['turn.started', 'approval.requested', 'approval.closed', 'turn.completed']);
  expect(transport.sent.at(-1)).toMatchObject({ id: 4, error: { code: -32601 } });
});
