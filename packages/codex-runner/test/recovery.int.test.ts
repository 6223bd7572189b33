import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { asId, type EffectKey, isGatewayError, type RunEvent, type ThreadId } from '@threadbridge/contract';
import { toConfigFlags } from '@threadbridge/testkit/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCodexRunner, findNativeBinary } from '../src/index.ts';
import { holdTurn } from './hold-turn.ts';
import { baseEnvironment, collect, isAlive, ofType, setUp, untilGone, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp();
});
afterAll(() => world[Symbol.asyncDispose]());

const key = (name: string) => asId<EffectKey>(name);
const threadOf = (events: readonly RunEvent[]) => ofType(events, 'thread.started')[0]?.thread as ThreadId;

describe('app-server killed in mid-turn', () => {
  it('ends the run with runner.lost, uncertain; the next run works on the same thread with the same settings', async () => {
    let thread: ThreadId | undefined;
    const run = world.start('[[hold: killed | word | never]]', { key: key('lost-key'), approvals: 'never' });
    const lost = collect(run, (event) => {
      if (event.type === 'thread.started') thread = event.thread;
      if (event.type === 'text.delta') process.kill(world.pids.at(-1) as number, 'SIGKILL');
    });
    await expect(lost).rejects.toMatchObject({ code: 'runner.lost', certain: false });
    const again = await collect(world.start('[[run: echo $HOME-$SECRET_TOKEN]] [[say: back]]', { thread: thread as ThreadId }));
    expect(again[0]).toMatchObject({ type: 'thread.started', isNew: false });
    expect(again.at(-1)).toMatchObject({ type: 'turn.completed', text: 'back' });
    expect(await world.runner.capabilities.history.findTurn(thread as ThreadId, key('lost-key'))).toMatchObject({
      status: 'interrupted',
      text: '',
    });
  });

  it('loses every run that was on it, answers nothing more, and starts once for all that come next', async () => {
    const runs = ['a', 'b'].map((name) => world.start(`[[hold: both | ${name} | never]]`));
    const pid = world.pids.at(-1) as number;
    const reading = runs.map((run) => collect(run));
    await world.model.reached('both');
    const asking = world.start('[[run!: touch void]]');
    const asked = collect(asking, (event) => {
      if (event.type === 'approval.requested') process.kill(pid, 'SIGKILL');
    });
    for (const outcome of await Promise.allSettled([...reading, asked])) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'runner.lost' } });
    }
    await expect(asking.answer(asId('0'), { type: 'decision', decision: 'accept' })).rejects.toMatchObject({
      code: 'runner.approval_closed',
    });
    const started = world.pids.length;
    const next = await Promise.all([collect(world.start('[[say: one]]')), collect(world.start('[[say: two]]'))]);
    expect(next.map((events) => events.at(-1)?.type)).toEqual(['turn.completed', 'turn.completed']);
    expect(world.pids).toHaveLength(started + 1);
  });
});

describe('what Codex kept', () => {
  it('is found by key, also turns behind many others', async () => {
    const first = await collect(world.start('[[say: the answer]]', { key: key('needle') }));
    const thread = threadOf(first);
    for (let n = 0; n < 52; n++) await collect(world.start(`[[say: ${n}]]`, { thread, key: key(`straw-${n}`) }));
    const { history } = world.runner.capabilities;
    expect(await history.findTurn(thread, key('needle'))).toEqual({
      turn: ofType(first, 'turn.started')[0]?.turn,
      status: 'completed',
      text: 'the answer',
      endedAt: expect.any(Number),
    });
    expect(await history.findTurn(thread, key('nowhere'))).toBeUndefined();
  }, 60_000);

  it('tells a used-up limit from other failures, in another process, too', async () => {
    const events = await collect(world.start('[[limit: 1893456000]]', { key: key('limited') }));
    const other = world.another();
    for (const { history } of [world.runner.capabilities, other.capabilities])
      expect(await history.findTurn(threadOf(events), key('limited'))).toMatchObject({
        ...{ status: 'failed', errorKind: 'usageLimit' },
      });
    await other[Symbol.asyncDispose]();
  });

  it('holds nothing of a thread that never had a turn', async () => {
    const run = world.start('[[say: never]]', { key: key('none') });
    const events = await collect(run, (event) => (event.type === 'thread.started' ? run.interrupt() : undefined));
    expect(await world.runner.capabilities.history.findTurn(threadOf(events), key('none'))).toBeUndefined();
  });

  it('is listed by directory and words, page by page, and read', async () => {
    const events = await collect(world.start('Look for [[say: pineapples]]'));
    const { history } = world.runner.capabilities;
    const found = await history.list({ search: 'pineapples', cwd: world.workspace });
    expect(found.threads).toHaveLength(1);
    expect(found.threads[0]).toMatchObject({ id: threadOf(events), cwd: world.workspace, source: 'vscode', isActive: false });
    expect(await history.read(threadOf(events))).toEqual(found.threads[0]);

    const pages: ThreadId[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await history.list({ limit: 2, ...(cursor !== undefined && { cursor }) });
      pages.push(...page.threads.map(({ id }) => id));
      cursor = page.cursor;
      if (cursor === undefined) break;
    }
    expect(new Set(pages).size).toBe(pages.length);
    expect(pages).toContain(threadOf(events));
    await expect(history.read(asId('01a1fd6e-580d-70e0-90d9-e178ad64afb9'))).rejects.toMatchObject({
      code: 'runner.thread_not_found',
    });
  });
});

describe('several processes', () => {
  it('refuses a thread that another one holds, and takes it once that one has let it go', async () => {
    const holder = world.another({ releaseAfterMs: 0 });
    const input = { workspace: world.workspace, sandbox: 'read-only' } as const;
    const holding = holder.start({ ...input, prompt: '[[hold: held | mi | ne]]' });
    const reading = collect(holding);
    await world.model.reached('held');
    const { threads } = await holder.capabilities.history.list({ limit: 1 });
    const thread = threads[0]?.id as ThreadId;
    const take = () => collect(world.start('[[say: yours]]', { thread }));
    await expect(take()).rejects.toMatchObject({ code: 'runner.thread_held', certain: true });
    world.model.release('held');
    await reading;
    const isHeld = (error: unknown) => isGatewayError(error) && error.code === 'runner.thread_held';
    let taken: readonly RunEvent[] | undefined;
    while (taken === undefined) {
      taken = await take().catch((error: unknown) => {
        if (!isHeld(error)) throw error;
        return undefined;
      });
    }
    expect(taken.at(-1)).toMatchObject({ type: 'turn.completed', text: 'yours' });
    await holder[Symbol.asyncDispose]();
  });

  it('continues in a new process, with the policy and the environment given again', async () => {
    const thread = threadOf(await collect(world.start('[[say: before]]')));
    await world.runner[Symbol.asyncDispose]();
    const other = world.another({ env: { ...baseEnvironment(), SECRET_TOKEN: 'abc123' } });
    const input = { workspace: world.workspace, sandbox: 'workspace-write', thread } as const;
    const run = other.start({ ...input, prompt: '[[run: echo [$SECRET_TOKEN] > seen]] [[run!: touch asked]] [[say: after]]' });
    const events = await collect(run, (event) =>
      event.type === 'approval.requested' ? run.answer(event.approval.id, { type: 'decision', decision: 'decline' }) : undefined,
    );
    expect(ofType(events, 'approval.requested')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'after' });
    expect(await readFile(join(world.workspace, 'seen'), 'utf8')).toBe('[]\n');
    expect(world.model.requests.at(-1)?.userTexts).toContain('[[say: before]]');
    await other[Symbol.asyncDispose]();
  });

  it('continues a thread that `codex exec` made', async () => {
    const flags = [...toConfigFlags(world.model.codexConfig()), '--json', '--skip-git-repo-check', '-C', world.workspace];
    const making = promisify(execFile)(findNativeBinary(), ['exec', ...flags, '[[say: by exec]]'], {
      env: { ...baseEnvironment(), CODEX_HOME: world.home },
    });
    // It would wait for more input.
    making.child.stdin?.end();
    const made = await making;
    const thread = /"thread_id":"([^"]+)"/.exec(made.stdout)?.[1] as ThreadId;
    const other = world.another();
    const { threads } = await other.capabilities.history.list({});
    expect(threads.find(({ id }) => id === thread)).toMatchObject({ source: 'exec' });
    const input = {
      prompt: '[[run!: touch asked-after-exec]] [[say: taken over]]',
      workspace: world.workspace,
      sandbox: 'read-only',
      thread,
    } as const;
    const run = other.start(input);
    const events = await collect(run, (event) =>
      event.type === 'approval.requested' ? run.answer(event.approval.id, { type: 'decision', decision: 'decline' }) : undefined,
    );
    // `exec` never asks; the policy of this run is in force all the same.
    expect(ofType(events, 'approval.requested')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'taken over' });
    await other[Symbol.asyncDispose]();
  });
});

describe('the end of this process', () => {
  it('leaves no Codex behind when it is killed', async () => {
    const { parent, codex, command } = await holdTurn(world);
    expect([codex, command].map(isAlive)).toEqual([true, true]);
    parent.kill('SIGKILL');
    await untilGone(codex);
    await untilGone(command);
  });

  it('waits for the child to end when it is disposed, and refuses what comes after', async () => {
    const runner = createCodexRunner({ codexHome: world.home, env: baseEnvironment() });
    expect((await runner.check()).version).toBe('0.169.0');
    await runner[Symbol.asyncDispose]();
    const late = runner.start({ prompt: 'x', workspace: world.workspace, sandbox: 'read-only' });
    await expect(collect(late)).rejects.toMatchObject({ code: 'runner.lost', certain: true });
  });
});
