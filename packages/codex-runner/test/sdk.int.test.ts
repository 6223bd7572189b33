import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asId, type JsonObject, type RunEvent, type ThreadId } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SdkWorld, setUpSdk } from './sdk-set-up.ts';
import { baseEnvironment, collect, isAlive, ofType, untilGone } from './set-up.ts';

let world: SdkWorld;
beforeAll(async () => {
  world = await setUpSdk();
});
afterAll(() => world[Symbol.asyncDispose]());

const threadOf = (events: readonly RunEvent[]) => ofType(events, 'thread.started')[0]?.thread as ThreadId;
const outputs = (events: readonly RunEvent[]) =>
  ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'command' ? [item.output ?? ''] : []));

describe('a turn by the SDK', () => {
  it('tells its items, its plan and its tokens', async () => {
    const prompt =
      '[[think: hm]] [[say: I look.]] [[run: echo hi]] [[run: false]] [[write: x.txt | y]] [[plan: x a; b]] [[say: done]]';
    const events = await collect(world.start(prompt, { sandbox: 'workspace-write' }));
    expect(ofType(events, 'item.completed').map(({ item }) => item)).toMatchObject([
      { type: 'reasoning', summary: ['hm'] },
      { type: 'agent.message', text: 'I look.' },
      { type: 'command', command: 'echo hi', status: 'completed', output: 'hi\n', exitCode: 0 },
      { type: 'command', command: 'false', status: 'failed', exitCode: 1 },
      { type: 'file.change', status: 'completed', changes: [{ path: join(world.workspace, 'x.txt'), kind: 'add' }] },
      { type: 'agent.message', text: 'done' },
    ]);
    expect(ofType(events, 'plan.updated')).toEqual([
      {
        type: 'plan.updated',
        steps: [
          { step: 'a', status: 'completed' },
          { step: 'b', status: 'pending' },
        ],
      },
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'done', usage: { total: { reasoning: 1 } } });
  });

  it('sums tokens over the thread, and says nothing of the latest request', async () => {
    const first = await collect(world.start('[[say: one]]'));
    const second = await collect(world.start('[[say: two]]', { thread: threadOf(first) }));
    const [before, after] = [first, second].map((events) => ofType(events, 'turn.completed')[0]?.usage);
    expect(after?.total.input).toBeGreaterThan(before?.total.input ?? Number.NaN);
    expect(after?.total.output).toBe(2 * (before?.total.output ?? Number.NaN));
    expect(after?.last).toBeUndefined();
  });

  it('takes a schema, a model, an effort and pictures as paths or data', async () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
    const path = join(world.workspace, 'dot.png');
    await writeFile(path, Buffer.from(png, 'base64'));
    await collect(
      world.start('[[say: {}]]', {
        outputSchema: { type: 'object', properties: {}, required: [], additionalProperties: false },
        model: 'gpt-6.1-sol',
        effort: 'low',
        images: [path, `data:image/png;base64,${png}`],
        instructions: 'Speak like a pirate.',
      }),
    );
    const sent = JSON.stringify(world.model.requests.at(-1)?.body);
    expect(sent).toContain('codex_output_schema');
    expect(sent).toContain('"model":"gpt-6.1-sol"');
    expect(sent).toContain('"effort":"low"');
    expect(sent).toContain('Speak like a pirate.');
    expect(sent.match(/data:image\/png;base64/g)).toHaveLength(2);
  });

  it('stands in line where another run is on the thread', async () => {
    const thread = threadOf(await collect(world.start('[[say: zero]]')));
    const runs = ['[[say: one]]', '[[say: two]]', '[[say: three]]'].map((prompt) => collect(world.start(prompt, { thread })));
    expect((await Promise.all(runs)).map((events) => events.at(-1))).toMatchObject([
      { type: 'turn.completed', text: 'one' },
      { type: 'turn.completed', text: 'two' },
      { type: 'turn.completed', text: 'three' },
    ]);
  });

  it('tells that Codex tries again, and the end only once', async () => {
    const events = await collect(world.start('[[cut: x1]] [[say: fine]]'));
    expect(ofType(events, 'turn.retrying')).toMatchObject([{ message: expect.stringContaining('Reconnecting') }]);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'fine' });
  });

  it.each([
    ['[[limit]]', { kind: 'usageLimit' }],
    ['[[overflow]]', { kind: 'contextWindow' }],
    ['[[fail: 401]]', { kind: 'unauthorized', status: 401 }],
    ['[[fail: 429]]', { kind: 'overloaded', status: 429 }],
    ['[[fail: 503]]', { kind: 'overloaded' }],
    ['[[cut]]', { kind: 'unreachable' }],
    ['[[fail: 400]]', { kind: 'other' }],
  ])('that fails by %s says why, and a failure is no retry', async (prompt, error) => {
    const config = world.model.codexConfig({ requestMaxRetries: 0, streamMaxRetries: 0 }) as JsonObject;
    const events = await collect(world.start(prompt, { config }));
    expect(events.at(-1)).toMatchObject({ type: 'turn.failed', error });
    expect(ofType(events, 'turn.retrying')).toEqual([]);
  });

  it('fails as unreachable when nothing comes for too long, and its process is gone', async () => {
    const clock = createManualClock();
    const other = world.another({ clock, turnDeadlineMs: 60_000 });
    const run = other.start({ prompt: '[[hold: dumb | word | never]]', workspace: world.workspace, sandbox: 'read-only' });
    const reading = collect(run);
    await world.model.reached('dumb');
    await clock.advance(60_000);
    expect((await reading).at(-1)).toMatchObject({ type: 'turn.failed', error: { kind: 'unreachable' } });
    expect(isAlive(world.pids.at(-1) ?? 0)).toBe(false);
  });
});

describe('what a run by the SDK may touch', () => {
  it('is what the sandbox says, turn by turn, on one thread', async () => {
    const prompt = '[[run: touch made && echo yes || echo no]] [[say: ok]]';
    const first = await collect(world.start(prompt, { sandbox: 'workspace-write' }));
    expect(outputs(first)).toEqual(['yes\n']);
    const second = await collect(world.start(prompt, { thread: threadOf(first), sandbox: 'read-only' }));
    expect(outputs(second).join()).toContain('no\n');
  });

  it('excludes paths that reading is denied to, also on a thread that was made without that', async () => {
    const secret = join(world.home, 'secret.txt');
    await writeFile(secret, 'hunter2');
    const prompt = `[[run: cat ${secret} || echo hidden]] [[run: touch w && echo wrote || echo kept]] [[say: ok]]`;
    const open = await collect(world.start(prompt));
    expect(outputs(open).join()).toContain('hunter2');
    for (const [sandbox, wrote] of [
      ['read-only', 'kept'],
      ['workspace-write', 'wrote'],
    ] as const) {
      const events = await collect(world.start(prompt, { thread: threadOf(open), sandbox, denyRead: [world.home] }));
      expect(outputs(events).join()).toContain('hidden');
      expect(outputs(events).join()).not.toContain('hunter2');
      expect(outputs(events).join()).toContain(wrote);
    }
  });

  it('is nothing that would need asking, and the model is told so', async () => {
    const events = await collect(world.start('[[run!: touch asked && echo did]] [[say: ok]]', { sandbox: 'read-only' }));
    expect(outputs(events).join()).not.toContain('did');
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'ok' });
  });

  it('holds no variable beyond the basic ones, the key neither', async () => {
    const other = world.another({ env: { ...baseEnvironment(), SECRET_TOKEN: 'abc' }, apiKey: 'sk-test' });
    const events = await collect(
      other.start({ prompt: '[[run: env]] [[say: ok]]', workspace: world.workspace, sandbox: 'read-only' }),
    );
    expect(outputs(events).join()).toContain('PATH=');
    expect(outputs(events).join()).not.toMatch(/sk-test|SECRET_TOKEN/);
  });
});

describe('stopping a run by the SDK', () => {
  it('ends its command too, and the next turn works', async () => {
    const run = world.start('[[run: echo $$ > pid.new && mv pid.new pid && exec sleep 1000]]', { sandbox: 'danger-full-access' });
    let command = 0;
    const events = await collect(run, async (event) => {
      if (event.type !== 'item.started') return;
      while (command === 0) command = Number(await readFile(join(world.workspace, 'pid'), 'utf8').catch(() => 0));
      expect(isAlive(command)).toBe(true);
      await run.interrupt();
    });
    expect(events.at(-1)).toMatchObject({ type: 'turn.interrupted' });
    await untilGone(command);
    expect(isAlive(world.pids.at(-1) ?? 0)).toBe(false);
    const next = await collect(world.start('[[say: next]]', { thread: threadOf(events) }));
    expect(next.at(-1)).toMatchObject({ type: 'turn.completed', text: 'next' });
  });

  it('by leaving the loop leaves no process', async () => {
    for await (const event of world.start('[[hold: left | word | never]]').events) if (event.type === 'turn.started') break;
    expect(isAlive(world.pids.at(-1) ?? 0)).toBe(false);
  });

  it('kills a process that does not end when told to, and waits for nobody who holds its pipe', async () => {
    const bin = join(world.workspace, 'stubborn');
    await writeFile(
      bin,
      `#!/bin/sh
trap '' TERM
cat > /dev/null
echo '{"type":"thread.started","thread_id":"01a1fd6e-580d-70e0-90d9-e178ad64afb9"}'
echo '{"type":"turn.started"}'
sleep 1000 &
echo $! > ${join(world.workspace, 'sleeper')}
echo '{"type":"item.completed","item":{"id":"a","type":"agent_message","text":"ready"}}'
wait
`,
    );
    await chmod(bin, 0o755);
    const clock = createManualClock();
    const stubborn = world.another({ bin, clock });
    const run = stubborn.start({ prompt: 'x', workspace: world.workspace, sandbox: 'read-only' });
    const events = await collect(run, async (event) => {
      if (event.type !== 'item.completed') return;
      const over = run.interrupt();
      await clock.advance(5_000);
      await untilGone(world.pids.at(-1) ?? 0);
      let isOver = false;
      void over.then(() => {
        isOver = true;
      });
      while (!isOver) {
        await clock.advance(1_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    process.kill(Number(await readFile(join(world.workspace, 'sleeper'), 'utf8')), 'SIGKILL');
    expect(events.at(-1)).toMatchObject({ type: 'turn.interrupted', text: 'ready' });
  });

  it('by closing the runner is runner.lost, and leaves no process', async () => {
    const other = world.another();
    const run = other.start({ prompt: '[[hold: shut | word | never]]', workspace: world.workspace, sandbox: 'read-only' });
    const reading = collect(run, (event) => (event.type === 'turn.started' ? other[Symbol.asyncDispose]() : undefined));
    await expect(reading).rejects.toMatchObject({ code: 'runner.lost', certain: false });
    expect(isAlive(world.pids.at(-1) ?? 0)).toBe(false);
  });
});

describe('a run the SDK cannot do', () => {
  it.each([
    ['an own tool', { tools: [{ name: 'x', description: 'x', inputSchema: {} }] }],
    ['history', { history: [{}] }],
    ['a thread that is not kept', { ephemeral: true }],
    ['asking before each command', { approvals: 'untrusted' as const }],
    ['network without writing', { network: true }],
  ])('is refused for %s, and nothing was started', async (_, input) => {
    const before = world.pids.length;
    await expect(collect(world.start('[[say: x]]', input))).rejects.toMatchObject({ code: 'runner.unsupported', certain: true });
    expect(world.pids).toHaveLength(before);
  });

  it('is refused for a thread whose id is none, which Codex would take for a name and begin anew', async () => {
    const run = world.start('[[say: x]]', { thread: asId<ThreadId>('nope') });
    await expect(collect(run)).rejects.toMatchObject({ code: 'runner.thread_not_found', certain: true });
  });

  it('says that another process holds the thread', async () => {
    const thread = threadOf(await collect(world.start('[[say: mine]]')));
    const holder = world.start('[[hold: held | word | never]]', { thread });
    const other = world.another();
    const events = await collect(holder, async (event) => {
      if (event.type !== 'turn.started') return;
      const run = other.start({ prompt: '[[say: x]]', thread, workspace: world.workspace, sandbox: 'read-only' });
      await expect(collect(run)).rejects.toMatchObject({ code: 'runner.thread_held', certain: true });
      await holder.interrupt();
    });
    expect(events.at(-1)).toMatchObject({ type: 'turn.interrupted' });
  });

  it('steers and answers nothing, and says so', async () => {
    const run = world.start('[[say: x]]');
    await expect(run.steer('y')).rejects.toMatchObject({ code: 'runner.rejected', certain: true });
    await expect(run.answer(asId('a'), { type: 'decision', decision: 'accept' })).rejects.toMatchObject({
      code: 'runner.approval_closed',
    });
    await run.events[Symbol.asyncIterator]().return?.(undefined);
  });

  it('names what is wrong with the configuration', async () => {
    const run = world.start('[[say: x]]', { config: { model_reasoning_effort: 5 } });
    await expect(collect(run)).rejects.toMatchObject({
      code: 'runner.rejected',
      certain: true,
      message: expect.stringContaining('config.toml'),
    });
  });

  it('is told where there is no program', async () => {
    const none = world.another({ bin: '/nowhere/codex' });
    const run = none.start({ prompt: 'x', workspace: world.workspace, sandbox: 'read-only' });
    await expect(collect(run)).rejects.toMatchObject({ code: 'runner.missing', certain: true });
    expect(await none.check()).toMatchObject({ isUsable: false, name: 'codex-sdk', problems: [{ code: 'runner.missing' }] });
  });

  it('survives a program that ends before it has read a long prompt', async () => {
    const bin = join(world.workspace, 'short-lived');
    await writeFile(bin, '#!/bin/sh\nexit 1\n');
    await chmod(bin, 0o755);
    const hasty = world.another({ bin });
    const run = hasty.start({ prompt: 'x'.repeat(1_000_000), workspace: world.workspace, sandbox: 'read-only' });
    await expect(collect(run)).rejects.toMatchObject({ code: 'runner.lost' });
  });

  it('survives what is no protocol', async () => {
    const bin = join(world.workspace, 'noisy');
    await writeFile(
      bin,
      '#!/bin/sh\ncat > /dev/null\necho \'{"type":"thread.started"}\'\necho \'[1]\'\necho \'{"type":"item.completed"}\'\necho nonsense\nexit 0\n',
    );
    await chmod(bin, 0o755);
    const noisy = world.another({ bin });
    const run = noisy.start({ prompt: 'x', workspace: world.workspace, sandbox: 'read-only' });
    await expect(collect(run)).rejects.toMatchObject({ code: 'runner.lost', certain: false });
  });
});

describe('health by the SDK', () => {
  it('is that of the program the SDK is given', async () => {
    expect(await world.runner.check()).toMatchObject({
      isUsable: true,
      name: 'codex-sdk',
      version: '0.169.0',
      login: 'notNeeded',
    });
  });

  it('takes a key for a login', async () => {
    const bare = { config: {}, codexHome: world.workspace };
    expect(await world.another(bare).check()).toMatchObject({ isUsable: false, login: 'missing' });
    expect(await world.another({ ...bare, apiKey: 'sk-test' }).check()).toMatchObject({ isUsable: true, login: 'ok' });
  });
});
