import { asId, silentLogger, type ThreadId } from '@threadbridge/contract';
import { createManualClock, settled } from '@threadbridge/contract/testing';
import { describe, expect, it } from 'vitest';
import { createMemoryTransport } from '../../test/memory-transport.ts';
import { type AppServer, connectAppServer, type Follower } from './app-server.ts';

const thread = asId<ThreadId>('t1');

const greet = async (userAgent = 'threadbridge/0.169.0 (Linux)') => {
  const transport = createMemoryTransport();
  const connecting = connectAppServer({
    transport,
    clientInfo: { name: 'threadbridge', title: null, version: '0.0.0' },
    clock: createManualClock(),
    logger: silentLogger,
    requestTimeoutMs: 1_000,
  });
  const outcome = connecting.catch((error: unknown) => error);
  transport.reply('initialize', { result: { userAgent, codexHome: '/home/u/.codex' } });
  return { transport, outcome };
};
const connected = async () => {
  const { transport, outcome } = await greet();
  return { transport, server: (await outcome) as AppServer };
};
const record = (answers = true) => {
  const heard: unknown[] = [];
  const follower: Follower = {
    onNotification: (method, _params, isOwn) => heard.push([method, isOwn]),
    onRequest: ({ method }) => {
      heard.push(method);
      return answers;
    },
    onLost: (error) => heard.push(error.code),
  };
  return { heard, follower };
};

describe('the handshake', () => {
  it('asks for the experimental interface, and reads the version and the home', async () => {
    const { transport, server } = await connected();
    expect(transport.sent).toMatchObject([
      { method: 'initialize', params: { clientInfo: { name: 'threadbridge' }, capabilities: { experimentalApi: true } } },
      { method: 'initialized' },
    ]);
    expect(server).toMatchObject({ version: '0.169.0', home: '/home/u/.codex' });
  });

  it('refuses a Codex that is too old, and leaves nothing running', async () => {
    const { transport, outcome } = await greet('threadbridge/0.145.0 (Linux)');
    expect(await outcome).toMatchObject({ code: 'runner.version', certain: true, remedy: expect.stringContaining('0.169.0') });
    expect(transport.isClosed).toBe(true);
  });

  it('goes on with a Codex that is newer, or names no version', async () => {
    expect(await (await greet('threadbridge/0.999.0 (Linux)')).outcome).toHaveProperty('client');
    expect(await (await greet('threadbridge')).outcome).toHaveProperty('client');
  });

  it('that ends before its end is a loss of nothing', async () => {
    const transport = createMemoryTransport();
    const connecting = connectAppServer({
      transport,
      clientInfo: { name: 'x', title: null, version: '0' },
      clock: createManualClock(),
      logger: silentLogger,
      requestTimeoutMs: 1_000,
    });
    transport.end('app-server ended with code 1. bad config');
    await expect(connecting).rejects.toMatchObject({
      code: 'runner.lost',
      certain: true,
      message: expect.stringContaining('bad config'),
    });
  });
});

describe('news', () => {
  it('goes to the follower of its thread, until that one leaves', async () => {
    const { transport, server } = await connected();
    const { heard, follower } = record();
    const leave = server.follow(thread, follower);
    transport.say({ method: 'turn/started', params: { threadId: 't1' } });
    transport.say({ method: 'turn/started', params: { threadId: 'other' } });
    leave();
    transport.say({ method: 'turn/completed', params: { threadId: 't1' } });
    expect(heard).toEqual([['turn/started', true]]);
  });

  it('of a sub-agent goes to the thread that started it, also over two generations', async () => {
    const { transport, server } = await connected();
    const { heard, follower } = record();
    server.follow(thread, follower);
    const spawn = (parent: string, child: string) => ({
      method: 'item/completed',
      params: { threadId: parent, item: { type: 'collabAgentToolCall', senderThreadId: parent, receiverThreadIds: [child] } },
    });
    transport.say(spawn('t1', 't2'));
    transport.say(spawn('t2', 't3'));
    transport.say({ id: 5, method: 'item/commandExecution/requestApproval', params: { threadId: 't3' } });
    expect(heard).toEqual([['item/completed', true], ['item/completed', false], 'item/commandExecution/requestApproval']);
  });

  it('of threads that claim to be each other’s parents ends nowhere', async () => {
    const { transport } = await connected();
    const loop = (parent: string, child: string) => ({
      method: 'item/completed',
      params: { threadId: parent, item: { type: 'subAgentActivity', agentThreadId: child } },
    });
    transport.say(loop('a', 'b'));
    transport.say(loop('b', 'a'));
    transport.say({ id: 1, method: 'item/fileChange/requestApproval', params: { threadId: 'a' } });
    expect(transport.sent.at(-1)).toEqual({ id: 1, result: { decision: 'decline' } });
  });

  it('about used-up limits gives the time of the latest reset', async () => {
    const { transport, server } = await connected();
    const limits = (primary: unknown, secondary: unknown) =>
      transport.say({ method: 'account/rateLimits/updated', params: { rateLimits: { primary, secondary } } });
    limits({ usedPercent: 40, resetsAt: 100 }, null);
    expect(server.resetsAt()).toBeUndefined();
    limits({ usedPercent: 100, resetsAt: 100 }, { usedPercent: 100, resetsAt: 200 });
    expect(server.resetsAt()).toBe(200_000);
    limits(null, null);
    expect(server.resetsAt()).toBe(200_000);
  });
});

describe('a question nobody is there for', () => {
  it('is declined', async () => {
    const { transport, server } = await connected();
    const { follower } = record(false);
    server.follow(thread, follower);
    transport.say({ id: 1, method: 'item/commandExecution/requestApproval', params: { threadId: 't1' } });
    transport.say({ id: 2, method: 'item/permissions/requestApproval', params: { threadId: 'nobody' } });
    transport.say({ id: 3, method: 'attestation/generate', params: {} });
    expect(transport.sent.slice(2)).toEqual([
      { id: 1, result: { decision: 'decline' } },
      { id: 2, result: { permissions: {}, scope: 'turn' } },
      { id: 3, error: { code: -32601, message: expect.any(String) } },
    ]);
  });
});

it('its end is told to every follower, once', async () => {
  const { transport, server } = await connected();
  const { heard, follower } = record();
  server.follow(thread, follower);
  server.loaded.set(thread, 'settings');
  transport.end('killed');
  await settled();
  expect(heard).toEqual(['runner.lost']);
  expect(server.isClosed).toBe(true);
  expect(server.loaded.size).toBe(0);
  expect(await server.closed).toMatchObject({ code: 'runner.lost', certain: false });
});
