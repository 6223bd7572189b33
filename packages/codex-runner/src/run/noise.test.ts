import { asId, isTerminal, type RunEvent, silentLogger, type ThreadId } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryTransport } from '../../test/memory-transport.ts';
import { connectAppServer } from '../app-server/app-server.ts';
import { createLiveTurn } from './live-turn.ts';

const thread = asId<ThreadId>('t1');
const methods = [
  ...[
    'item/started',
    'item/completed',
    'item/agentMessage/delta',
    'item/fileChange/patchUpdated',
    'turn/started',
    'turn/plan/updated',
  ],
  ...[
    'thread/tokenUsage/updated',
    'thread/status/changed',
    'thread/closed',
    'serverRequest/resolved',
    'error',
    'warning',
    'configWarning',
  ],
  ...['account/rateLimits/updated', 'account/login/completed', 'rawResponse/completed', 'model/rerouted', 'some/day', ''],
  ...[
    'item/commandExecution/requestApproval',
    'item/fileChange/requestApproval',
    'item/permissions/requestApproval',
    'item/tool/call',
  ],
  ...['item/tool/requestUserInput', 'mcpServer/elicitation/request', 'attestation/generate'],
];
const types = ['agentMessage', 'commandExecution', 'fileChange', 'collabAgentToolCall', 'subAgentActivity', 'tomorrow'];
const item = fc.oneof(
  fc.jsonValue(),
  fc.record({
    type: fc.constantFrom(...types),
    id: fc.jsonValue(),
    status: fc.jsonValue(),
    changes: fc.jsonValue(),
    receiverThreadIds: fc.jsonValue(),
  }),
);
const params = fc.oneof(
  fc.jsonValue(),
  fc.record({
    threadId: fc.oneof(fc.constantFrom('t1', 't2'), fc.jsonValue()),
    turnId: fc.oneof(fc.constantFrom('u1', 'u2'), fc.jsonValue()),
    turn: fc.jsonValue(),
    item,
    status: fc.jsonValue(),
    rateLimits: fc.jsonValue(),
    availableDecisions: fc.jsonValue(),
    questions: fc.jsonValue(),
  }),
);
const message = fc.oneof(
  fc.record({ method: fc.constantFrom(...methods), params }),
  fc.record({ id: fc.oneof(fc.nat(), fc.string()), method: fc.constantFrom(...methods), params }),
  fc.jsonValue().map((value) => ({ id: 'not asked', result: value })),
);

it.each([true, false])('a turn among noise ends once, and every question of it closes (shared: %s)', async (isShared) => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 30 }), fc.array(message, { maxLength: 30 }), async (before, after) => {
      const clock = createManualClock();
      const transport = createMemoryTransport();
      const options = { transport, clock, logger: silentLogger, requestTimeoutMs: 30_000, isShared };
      const connecting = connectAppServer({ ...options, clientInfo: { name: 'threadbridge', title: null, version: '0.0.0' } });
      transport.reply('initialize', { result: { userAgent: 'threadbridge/0.169.0' } });
      if (isShared) {
        while (!transport.sent.some(({ method }) => method === 'server/diagnostics')) await Promise.resolve();
        transport.reply('server/diagnostics', { error: { code: -32600, message: 'unknown variant' } });
      }
      const server = await connecting;
      const turn = createLiveTurn({ server, thread, clock, logger: silentLogger, turnDeadlineMs: 600_000 });
      const events: RunEvent[] = [];
      const reading = (async () => {
        for await (const event of turn.events) events.push(event);
      })();
      for (const noise of before) transport.say(noise);
      await turn.begin(async () => ({ turn: asId('u1') }));
      transport.say({ method: 'turn/started', params: { threadId: 't1', turn: { id: 'u1' } } });
      for (const noise of after) transport.say(noise);
      transport.say({ method: 'turn/completed', params: { threadId: 't1', turn: { id: 'u1', status: 'completed' } } });
      await reading;
      expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.completed', turn: 'u1' })]);
      expect(isTerminal(events.at(-1) as RunEvent)).toBe(true);
      const open = new Set<string>();
      for (const event of events) {
        if (event.type === 'approval.requested') open.add(event.approval.id);
        if (event.type === 'approval.closed') open.delete(event.approval);
      }
      expect([...open]).toEqual([]);
      await server.close('done');
    }),
    { numRuns: 200 },
  );
});
