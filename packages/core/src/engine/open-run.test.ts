import {
  asId,
  type EffectKey,
  GatewayError,
  type RunBroker,
  type RunEvent,
  type Runner,
  type ThreadAccess,
} from '@threadbridge/contract';
import { createScriptedAgent } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { openRun } from './open-run.ts';

const held = new GatewayError('runner.thread_held', 'It has an active writer.', { certain: true });
const input = {
  ...{ prompt: 'hello', key: asId<EffectKey>('k'), thread: asId<never>('t'), workspace: asId<never>('/work') },
  sandbox: 'read-only' as const,
};

/** What came of a run whose thread the agent does not give, and what was told of it. */
async function played(access: ThreadAccess | GatewayError) {
  const agent = createScriptedAgent();
  const own = agent.runner();
  const told: string[] = [];
  const broker: Partial<RunBroker> = {
    find: async () => {
      if (access instanceof GatewayError) throw access;
      return access;
    },
    join: (given) => own.start(given),
  };
  const runner: Runner = {
    ...own,
    start: () => ({ ...own.start(input), events: failing() }),
    capabilities: { ...own.capabilities, broker: broker as RunBroker },
  };
  const handle = openRun(input, { runner } as Engine, {
    onJoin: async () => void told.push('joined'),
    onHeld: (found) => told.push(found.way),
  });
  const events: RunEvent[] = [];
  const error = await (async () => {
    for await (const event of handle.events) events.push(event);
  })().catch((thrown: unknown) => thrown);
  return { told, error, end: events.at(-1)?.type, turns: agent.turns.length };
}

it('joins where the thread is open on a shared server, and says so before', async () => {
  const settings = {
    sandbox: 'read-only',
    network: false,
    writableRoots: [],
    approvals: 'never',
    isSelfApproving: false,
    cwd: '/work',
  } as const;
  expect(await played({ way: 'join', words: '', settings })).toEqual({
    told: ['joined'],
    error: undefined,
    end: 'turn.completed',
    turns: 1,
  });
});

it('tells which ways there are where it cannot, and asks for no turn', async () => {
  const made = await played({ way: 'held', words: '', offers: ['fork'] });
  expect(made).toMatchObject({ told: ['held'], error: held, turns: 0 });
});

it('says what the agent said where nobody knows a way', async () => {
  const made = await played(new GatewayError('runner.lost', 'Gone.'));
  expect(made).toMatchObject({ told: [], error: held, turns: 0 });
});

// biome-ignore lint/correctness/useYield: it fails before it could.
async function* failing(): AsyncGenerator<RunEvent> {
  throw held;
}
