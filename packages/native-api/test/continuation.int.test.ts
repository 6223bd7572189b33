import type { Clock, ContinuationStore, RunEvent, RunHandle } from '@threadbridge/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryContinuations } from '../src/index.ts';
import { setUp, type World } from './set-up.ts';

const clock: Clock & { at: number } = { at: 0, now: () => clock.at, sleep: async () => {} };
let provider: string | undefined;
let world: World;
beforeAll(async () => {
  world = await setUp({
    continuations: createMemoryContinuations({ ttlMs: 1_000, clock }),
    wrap: (runner) => ({
      ...{ capabilities: runner.capabilities, check: runner.check },
      [Symbol.asyncDispose]: async () => {},
      start: (input, options) => under(runner.start(input, options)),
    }),
  });
});
afterAll(() => world[Symbol.asyncDispose]());

/** The run as if another provider were in use. */
function under(run: RunHandle): RunHandle {
  async function* events(): AsyncGenerator<RunEvent> {
    for await (const event of run.events) {
      yield event.type === 'thread.started' && provider !== undefined ? { ...event, provider } : event;
    }
  }
  return { ...run, events: events() };
}

const create = async (body: object) => {
  const answer = await world.post('/responses', body);
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as { id: string; error: { code: string } },
  };
};
const refusal = async (previous: string) => {
  const before = world.model.requests.length;
  const { status, headers, body } = await create({ input: 'x', previous_response_id: previous });
  expect(body.error).toMatchObject({ param: 'previous_response_id' });
  expect(world.model.requests).toHaveLength(before);
  return [status, body.error.code, headers.get('x-should-retry')];
};

describe('a continuation', () => {
  it('of something unknown: 404', async () => {
    expect(await refusal('resp_unknown')).toEqual([404, 'continuation_not_found', null]);
  });

  it('that is too late: 410; use makes its time begin anew', async () => {
    const { body } = await create({ input: '[[say: one]]' });
    clock.at += 900;
    expect((await create({ input: 'x', previous_response_id: body.id })).status).toBe(200);
    clock.at += 900;
    expect((await create({ input: 'x', previous_response_id: body.id })).status).toBe(200);
    clock.at += 1_100;
    expect(await refusal(body.id)).toEqual([410, 'continuation_expired', 'false']);
  });

  it('of an answer that was not completed: 400', async () => {
    const { body } = await create({
      input: '[[say: many words that go on and on, and on, and on, and on, and on, and on]]',
      max_output_tokens: 16,
    });
    expect(await refusal(body.id)).toEqual([400, 'invalid_value', null]);
  });

  it('under another model provider: 409, healed by switching back', async () => {
    const { body } = await create({ input: '[[say: one]]' });
    provider = 'another';
    expect(await refusal(body.id)).toEqual([409, 'continuation_provider_mismatch', 'false']);
    provider = undefined;
    expect((await create({ input: 'x', previous_response_id: body.id })).status).toBe(200);
  });
});

it('a mistake of ours is a 500 that says nothing of the inside', async () => {
  const broken: ContinuationStore = {
    ...createMemoryContinuations(),
    find: async () => {
      throw new TypeError('cannot read /home/someone/store.db');
    },
  };
  const server = await world.another({ continuations: broken });
  const answer = await fetch(`${server.baseUrl}/responses/resp_1`);
  const text = await answer.text();
  expect([answer.status, JSON.parse(text)]).toMatchObject([500, { error: { code: 'internal_error', type: 'server_error' } }]);
  expect(text).not.toContain('/home');
});
