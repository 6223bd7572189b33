import type { AuditEntry } from '@threadbridge/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NativeApiServer } from '../src/index.ts';
import { setUp, type World } from './set-up.ts';

let world: World;
let server: NativeApiServer;
let lines: AuditEntry[] = [];
let isBroken = false;
/** Requests that the model had seen when a line was recorded. */
let seen: number[] = [];

beforeAll(async () => {
  world = await setUp();
  server = await world.another({
    maxConcurrent: 1,
    maxQueued: 0,
    authorize: async ({ tools }) =>
      tools.length > 0
        ? { isAllowed: false, reason: 'No tools today.', because: ['tools are off'] }
        : { isAllowed: true, because: ['everyone may ask'] },
    audit: {
      async record(entries) {
        if (isBroken) throw new Error('the disk is full');
        seen.push(world.model.requests.length);
        lines.push(...entries);
      },
    },
  });
});
afterAll(() => world[Symbol.asyncDispose]());

const send = async (body: object, path = '/responses') => {
  const before = world.model.requests.length;
  [lines, seen] = [[], []];
  const answer = await fetch(`${server.baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json(), turns: world.model.requests.length - before, before };
};

describe('no turn without a decision', () => {
  it('leaves a line with the plan, its fingerprint and the rules before the model is asked', async () => {
    const { status, before } = await send({
      input: '[[say: ok]] my secret words',
      metadata: { 'native_api.task_class': 'normalization' },
    });
    expect([status, seen]).toEqual([200, [before]]);
    expect(lines).toEqual([
      {
        at: expect.any(Number),
        kind: 'run',
        outcome: 'planned',
        detail: {
          run: expect.stringMatching(/^req_/),
          ...{
            route: '/v1/responses',
            account: expect.any(String),
            tools: [],
            isContinuation: false,
            taskClass: 'normalization',
          },
          ...{ sandbox: 'read-only', network: false, approvals: 'never', workspace: world.workspace },
          fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
          because: ['everyone may ask'],
        },
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret words');
    const first = lines[0]?.detail.fingerprint;
    await send({ messages: [{ role: 'user', content: '[[say: ok]]' }] }, '/chat/completions');
    expect(lines).toMatchObject([{ outcome: 'planned', detail: { route: '/v1/chat/completions', fingerprint: first } }]);
  });

  it('refuses what is not allowed, with a line and without a turn', async () => {
    const { status, body, turns } = await send({ input: 'x', tools: [{ type: 'function', name: 'look' }] });
    expect([status, body, turns]).toMatchObject([403, { error: { code: 'not_allowed', message: 'No tools today.' } }, 0]);
    expect(lines).toMatchObject([{ outcome: 'refused', detail: { tools: ['look'], because: ['tools are off'] } }]);
  });

  it('has no turn where the line cannot be kept, and goes on afterwards', async () => {
    isBroken = true;
    expect(await send({ input: '[[say: ok]]' })).toMatchObject({
      status: 500,
      body: { error: { code: 'internal_error' } },
      turns: 0,
    });
    isBroken = false;
    expect(await send({ input: '[[say: ok]]' })).toMatchObject({ status: 200, turns: 1 });
  });

  it('leaves none for what could not have been a run', async () => {
    expect((await send({ input: 'x', model: 'no-such-model' })).status).toBe(404);
    expect((await send({ input: '' })).status).toBe(400);
    expect(lines).toEqual([]);
  });
});
