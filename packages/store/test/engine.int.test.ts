import { asId, GatewayError, type RunAccount, type Runner, type ScopeId } from '@threadbridge/contract';
import {
  createFakePlatform,
  createManualClock,
  createScriptedAgent,
  type FakePlatformOptions,
  settled,
} from '@threadbridge/contract/testing';
import { createGateway, limitRuns } from '@threadbridge/core';
import { createOpenFiles, testRules } from '@threadbridge/core/testing';
import { expect, it } from 'vitest';
import { createMemoryStore } from '../src/memory/index.ts';

/** A gateway on fakes, with time in hand. */
async function playing(runner: Runner, work: (made: World) => Promise<void>, options: FakePlatformOptions = {}): Promise<void> {
  const { life, ...made } = lives(() => runner, options);
  await life(() => work(made));
}

/** A gateway that may live several times, over one store. */
function lives(openRunner: () => Runner, options: FakePlatformOptions = {}) {
  const made = world(options);
  const kept = createMemoryStore();
  const life = async (work: () => Promise<void>) => {
    const stop = new AbortController();
    const gateway = createGateway({
      ...{ store: { ...kept, [Symbol.asyncDispose]: async () => {} }, channels: [made.platform.connect()], runner: openRunner() },
      clock: made.clock,
      rules: {
        ...testRules,
        access: { ...testRules.access, owners: [made.platform.owner.id] },
        runs: { ...testRules.runs, quietWindowMs: 0 },
      },
      files: createOpenFiles(),
    });
    const ended = gateway.run(stop.signal);
    try {
      await work();
    } finally {
      stop.abort();
      await ended;
    }
  };
  return { ...made, life };
}

type World = ReturnType<typeof world>;

function world(options: FakePlatformOptions) {
  const clock = createManualClock();
  const platform = createFakePlatform({ now: clock.now, ...options });
  const said = () => platform.shown.map((one) => one.message.markdown).join('\n---\n');
  /** Lets what is ready happen, and time pass. */
  const pass = async (ms = 0) => {
    for (let turn = 0; turn < 20; turn += 1) await settled();
    if (ms > 0) await clock.advance(ms);
    for (let turn = 0; turn < 20; turn += 1) await settled();
  };
  return { clock, platform, said, pass };
}

/** An agent that surely did not begin what it was asked for, and how often it was asked. */
function createBroken() {
  const agent = createScriptedAgent().runner();
  let starts = 0;
  const runner: Runner = {
    ...agent,
    start: () => {
      starts += 1;
      const error = new GatewayError('runner.lost', 'Codex ended before it was ready.', { certain: true, retry: 'backoff' });
      return { ...agent.start({} as never), events: failing(error) };
    },
  };
  return { runner, starts: () => starts };
}

it('tries a run again that surely did not begin, a few times, and then says so', async () => {
  const { runner, starts } = createBroken();
  await playing(runner, async ({ platform, said, pass }) => {
    platform.say('hello');
    await pass();
    expect(starts()).toBe(1);
    await pass(500);
    await pass(1_000);
    expect(said()).toBe('');
    await pass(2_000);
    expect(starts()).toBe(4);
    expect(said()).toContain('did not reach Codex: Codex ended before it was ready.');
    await pass(60_000);
    expect(starts()).toBe(4);
  });
});

it('waits no longer than a minute for what an earlier process was to try again, where the clock was put back since', async () => {
  const { runner, starts } = createBroken();
  const { clock, platform, pass, life } = lives(() => runner);
  await life(async () => {
    platform.say('hello');
    await pass();
  });
  expect(starts()).toBe(1);
  await clock.advance(-24 * 3_600_000);
  await life(() => pass(60_000));
  expect(starts()).toBe(2);
});

it('ends a run without any sign of life, and lets one that waits for a person wait', async () => {
  const agent = createScriptedAgent(({ prompt }) => (prompt === 'ask' ? [{ ask: 'rm x' }, { say: 'done' }] : [{ wait: true }]));
  await playing(agent.runner(), async ({ platform, said, pass }) => {
    platform.say('ask');
    await pass();
    await pass(testRules.runs.idleTimeoutMs * 2);
    expect(said()).not.toContain('Stopped');
    const code = /\/approve (\w+)/.exec(said())?.[1];
    platform.say(`/approve ${code}`);
    await pass();
    expect(said()).toContain('done');
    platform.say('sleep');
    await pass();
    await pass(testRules.runs.idleTimeoutMs);
    await pass();
    expect(said()).toContain('no sign of life');
  });
});

it('keeps runs in line over a restart, in their order, and interrupts none of them for it', async () => {
  const agent = createScriptedAgent(({ prompt }) => (prompt.includes('long') ? [{ wait: true }] : [{ say: `did ${prompt}` }]));
  const { platform, said, pass, life } = lives(() => limitRuns(agent.runner(), { slots: 1 }));
  const { privateScope } = platform;
  const others = ['second', 'third'].map((name) => ({ ...privateScope, id: asId<ScopeId>(`${privateScope.channel}:${name}`) }));
  await life(async () => {
    platform.say('long');
    await pass();
    for (const scope of others) platform.say(`in ${scope.id}`, { scope });
    await pass();
  });
  expect(said()).toContain('1st in line');
  expect(said()).toContain('2nd in line');
  expect(agent.turns).toHaveLength(1);
  await life(() => pass());
  expect(agent.turns.slice(1).map((turn) => turn.status)).toEqual(['completed', 'completed']);
  expect(agent.turns.map((turn) => turn.prompt)).toEqual([
    'long',
    expect.stringContaining('second'),
    expect.stringContaining('third'),
  ]);
  expect(said().match(/in line/g)).toHaveLength(2);
});

it('shows a run in line in its view, over a restart in the same one, with nothing but its end to choose', async () => {
  const agent = createScriptedAgent(({ prompt }) => (prompt === 'long' ? [{ wait: true }] : [{ say: 'my turn' }]));
  const { platform, said, pass, life } = lives(() => limitRuns(agent.runner(), { slots: 1 }), {
    ...{ hasLive: true, hasActions: true },
  });
  const { privateScope } = platform;
  const other = { ...privateScope, id: asId<ScopeId>(`${privateScope.channel}:other`) };
  const view = () => platform.views.find(({ scope }) => scope.id === other.id);
  await life(async () => {
    platform.say('long');
    await pass();
    platform.say('me, too', { scope: other });
    await pass();
    expect(view()).toMatchObject({ view: { status: 'starting', line: { place: 1, for: 'slot' } }, isClosed: false });
    expect(view()?.controls).toEqual({ actions: [expect.objectContaining({ label: 'Stop' })] });
  });
  expect(view()?.isClosed).toBe(false);
  await life(() => pass());
  expect(view()).toMatchObject({ view: { status: 'completed', texts: [{ text: 'my turn' }] }, isClosed: true });
  expect(view()?.view.line).toBeUndefined();
  expect(platform.views).toHaveLength(2);
  expect(said()).not.toContain('in line');
});

it('offers over a restart what a usage limit stopped, once the limit has reset, and asks for no turn by itself', async () => {
  let isReached = true;
  let reads = 0;
  const agent = createScriptedAgent(() =>
    isReached ? [{ fail: { kind: 'usageLimit', message: 'Used up.' } }] : [{ say: 'done' }],
  );
  const { clock, platform, said, pass, life } = lives(() => {
    const runner = agent.runner();
    const limits = async () => {
      reads += 1;
      return { windows: [], isReached, ...(isReached && { resetsAt: clock.now() + 3_600_000 }) };
    };
    const account = { limits } as Partial<RunAccount> as RunAccount;
    return { ...runner, capabilities: { ...runner.capabilities, account } };
  });
  await life(async () => {
    platform.say('please');
    await pass();
    expect(said()).toContain('Limit reached');
    await pass(1_800_000);
    expect(reads).toBe(1);
  });
  isReached = false;
  await life(async () => {
    await pass();
    expect(reads).toBe(1);
    await pass(3_630_000);
    expect(reads).toBe(2);
    expect(said()).toContain('The usage limit has reset. 1 message is kept');
    await pass(7_200_000);
    expect(agent.turns).toHaveLength(1);
    platform.say('/queue resume');
    await pass();
    expect(agent.turns.map((turn) => turn.prompt)).toEqual(['please', 'please']);
    expect(said()).toContain('done');
  });
});

// biome-ignore lint/correctness/useYield: it fails before it could.
async function* failing(error: Error): AsyncGenerator<never> {
  throw error;
}

it('a run’s view carries what can be done with it, anew after each use, and answers clicks in their place', async () => {
  const agent = createScriptedAgent(() => [{ say: 'One, two' }, { wait: true }, { wait: true }, { wait: true }]);
  await playing(
    agent.runner(),
    async ({ platform, pass }) => {
      platform.say('count');
      await pass(1_000);
      const controls = () => platform.views[0]?.controls;
      const steer = controls()?.form?.submit.token ?? '';
      platform.press(steer, { values: { text: 'by threes' } });
      await pass(1_000);
      expect(agent.turns[0]?.steers).toEqual(['by threes']);
      expect(controls()?.form?.submit.token).not.toBe(steer);
      platform.press(steer, { values: { text: 'by fives' } });
      await pass(1_000);
      expect(platform.answered.at(-1)?.markdown).toMatch(/used already/);
      platform.press(controls()?.form?.submit.token ?? '', { values: { text: 'by sevens' } });
      await pass(1_000);
      expect(agent.turns[0]?.steers).toEqual(['by threes', 'by sevens']);
      platform.press(controls()?.actions?.[0]?.token ?? '');
      await pass(1_000);
      expect(agent.turns[0]?.status).toBe('interrupted');
      expect(platform.views).toMatchObject([{ isClosed: true, controls: {} }]);
    },
    { hasLive: true, hasActions: true },
  );
});
