import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { asId, type EffectKey, isTerminal, type RunEvent, type ThreadId, type TurnId } from '@threadbridge/contract';
import { toConfigFlags } from '@threadbridge/testkit/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNativeBinary, readServer } from '../src/index.ts';
import { baseEnvironment, collect, ofType, setUp, type World } from './set-up.ts';

/** `world.runner` is the program of somebody else: a Codex process of its own, on the same home. */
let world: World;
beforeAll(async () => {
  world = await setUp({ releaseAfterMs: 600_000 });
});
afterAll(() => world[Symbol.asyncDispose]());

const ceiling = { sandbox: 'workspace-write' } as const;
const threadOf = (events: readonly RunEvent[]) => ofType(events, 'thread.started')[0]?.thread as ThreadId;
const key = (name: string) => asId<EffectKey>(name);
const prompts = () => world.model.requests.map(({ userTexts }) => userTexts.at(-1));

describe('a thread that a second Codex process holds', () => {
  it('is called held, and free once that process has ended', async () => {
    const holder = world.another();
    const thread = threadOf(
      await collect(holder.start({ prompt: '[[say: held]]', workspace: world.workspace, sandbox: 'read-only' })),
    );
    const { broker } = world.another().capabilities;
    expect(await broker.find(thread, ceiling)).toEqual({
      way: 'held',
      offers: ['queue', 'fork'],
      words: expect.stringContaining('cannot be reached'),
    });
    expect(await holder.capabilities.broker.find(thread, ceiling)).toMatchObject({ way: 'use' });
    await holder[Symbol.asyncDispose]();
    expect(await broker.find(thread, ceiling)).toMatchObject({ way: 'use' });
    await expect(broker.find(asId('01a1fd6e-580d-70e0-90d9-e178ad64afb9'), ceiling)).rejects.toMatchObject({
      code: 'runner.thread_not_found',
    });
  });

  it('takes a prompt into its queue, which the holder runs when its turn ends', async () => {
    const runner = world.another();
    const events: RunEvent[] = [];
    const reading = collect(world.start('[[hold: queue | a | b]]'), (event) => void events.push(event));
    await world.model.reached('queue');
    const thread = threadOf(events);
    await runner.capabilities.broker.queue(thread, { text: '[[say: from the queue]]', key: key('queued') });
    expect(prompts()).not.toContain('[[say: from the queue]]');
    world.model.release('queue');
    expect((await reading).at(-1)).toMatchObject({ type: 'turn.completed', text: 'ab' });
    const { history } = runner.capabilities;
    await expect
      .poll(() => history.findTurn(thread, key('queued')), { timeout: 20_000 })
      .toMatchObject({
        status: 'completed',
        text: 'from the queue',
      });
    expect(await runner.capabilities.broker.withdraw(thread, key('queued'))).toBe(0);
    await runner[Symbol.asyncDispose]();
  });

  it('lets a prompt that was queued while it was idle lie until its next turn; it can be taken back', async () => {
    const runner = world.another();
    const { broker } = runner.capabilities;
    const thread = threadOf(await collect(world.start('[[say: idle now]]')));
    await broker.queue(thread, { text: '[[say: taken back]]', key: key('back') });
    await broker.queue(thread, { text: '[[say: kept]]', key: key('kept') });
    expect(await broker.find(thread, ceiling)).toMatchObject({ way: 'held', offers: ['queue', 'fork', 'withdraw'] });
    expect(await broker.withdraw(thread, key('back'))).toBe(1);
    expect(await broker.withdraw(thread, key('back'))).toBe(0);
    await collect(world.start('[[say: next]]', { thread }));
    await expect.poll(() => prompts(), { timeout: 20_000 }).toContain('[[say: kept]]');
    expect(prompts()).not.toContain('[[say: taken back]]');
    await expect
      .poll(() => runner.capabilities.history.findTurn(thread, key('kept')), { timeout: 20_000 })
      .toMatchObject({
        status: 'completed',
      });
    await runner[Symbol.asyncDispose]();
  });

  it('is not loaded while prompts lie in the queue of a holder that went away: Codex would start them unasked', async () => {
    const holder = world.another();
    const runner = world.another();
    const { broker, threads } = runner.capabilities;
    const input = { workspace: world.workspace, sandbox: 'read-only' } as const;
    const thread = threadOf(await collect(holder.start({ ...input, prompt: '[[say: soon gone]]' })));
    await broker.queue(thread, { text: '[[say: ghost]]', key: key('ghost') });
    await holder[Symbol.asyncDispose]();
    const mine = () => collect(runner.start({ ...input, prompt: '[[say: mine]]', thread }));
    await expect(mine()).rejects.toMatchObject({ code: 'runner.thread_held', certain: true });
    await expect(threads.compact(thread)).rejects.toMatchObject({ code: 'runner.thread_held', certain: true });
    expect(await broker.find(thread, ceiling)).toMatchObject({ way: 'held', offers: ['queue', 'fork', 'withdraw'] });
    expect(await broker.withdraw(thread)).toBe(1);
    expect((await mine()).at(-1)).toMatchObject({ type: 'turn.completed', text: 'mine' });
    expect(prompts()).not.toContain('[[say: ghost]]');
    await runner[Symbol.asyncDispose]();
  });

  it('can be forked while its turn runs', async () => {
    const runner = world.another();
    const first = await collect(world.start('[[say: common past]]'));
    const thread = threadOf(first);
    const reading = collect(world.start('[[hold: forked | a | b]]', { thread }));
    await world.model.reached('forked');
    const turn = ofType(first, 'turn.started')[0]?.turn as TurnId;
    const fork = await runner.capabilities.threads.fork(thread, { through: turn });
    expect(fork).toMatchObject({ forkedFrom: thread });
    const events = await collect(
      runner.start({ prompt: '[[say: my own way]]', workspace: world.workspace, sandbox: 'read-only', thread: fork.id }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'my own way' });
    expect(world.model.requests.at(-1)?.userTexts).toEqual(expect.arrayContaining(['[[say: common past]]']));
    world.model.release('forked');
    expect((await reading).at(-1)).toMatchObject({ type: 'turn.completed', text: 'ab' });
    await runner[Symbol.asyncDispose]();
  });

  it('takes no prompt into a queue that nobody works off', async () => {
    const runner = world.another();
    const thread = threadOf(
      await collect(runner.start({ prompt: '[[say: mine]]', workspace: world.workspace, sandbox: 'read-only' })),
    );
    const queued = runner.capabilities.broker.queue(thread, { text: 'never', key: key('never') });
    await expect(queued).rejects.toMatchObject({ code: 'runner.rejected', certain: true });
    await runner[Symbol.asyncDispose]();
  });
});

describe('a thread that is open on a shared server of somebody else', () => {
  const server = async (test: (socket: string) => Promise<void>) => {
    const socket = join(world.home, '..', 'shared');
    const flags = [...toConfigFlags(world.model.codexConfig()), '-c', 'thread_unload_delay_secs=1'];
    const child = spawn(findNativeBinary(), ['app-server', '--listen', `unix://${socket}`, ...flags], {
      env: { ...baseEnvironment(), CODEX_HOME: world.home },
      stdio: 'ignore',
    });
    try {
      await expect.poll(() => readServer(socket), { timeout: 20_000 }).toBeDefined();
      await test(socket);
    } finally {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    }
  };
  const input = () => ({ workspace: world.workspace, sandbox: 'workspace-write' }) as const;

  it('is joined: our turn runs there among theirs, and their settings are put back', () =>
    server(async (socket) => {
      const theirs = world.another({ transport: { type: 'socket', path: socket, server: 'theirs' }, releaseAfterMs: 600_000 });
      const thread = threadOf(await collect(theirs.start({ ...input(), prompt: '[[say: theirs]]' })));
      const ours = world.another({ sharedSockets: [socket] });
      const { broker } = ours.capabilities;
      const found = await broker.find(thread, ceiling);
      expect(found).toMatchObject({ way: 'join', settings: { sandbox: 'workspace-write', approvals: 'on-request' } });
      expect(found).not.toHaveProperty('turn');

      const joined = broker.join({
        ...input(),
        sandbox: 'workspace-write',
        approvals: 'never',
        prompt: '[[run!: touch never-asked]] [[say: ours]]',
        thread,
      });
      const events = await collect(joined);
      expect(ofType(events, 'approval.requested')).toEqual([]);
      expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.completed', text: 'ours' })]);
      expect((await broker.find(thread, ceiling)) as object).toMatchObject({ settings: { approvals: 'on-request' } });
      const after = await collect(theirs.start({ ...input(), prompt: '[[say: theirs again]]', thread }));
      expect(after.at(-1)).toMatchObject({ type: 'turn.completed', text: 'theirs again' });
      expect(world.model.requests.at(-1)?.userTexts).toEqual(
        expect.arrayContaining(['[[say: theirs]]', '[[run!: touch never-asked]] [[say: ours]]', '[[say: theirs again]]']),
      );
      await Promise.all([theirs[Symbol.asyncDispose](), ours[Symbol.asyncDispose]()]);
    }));

  it('is watched while their turn runs: our answer counts, and our own turn has to wait', () =>
    server(async (socket) => {
      const theirs = world.another({ transport: { type: 'socket', path: socket, server: 'theirs' } });
      const ours = world.another({ sharedSockets: [socket] });
      const { broker } = ours.capabilities;
      const run = theirs.start({ ...input(), prompt: '[[run!: touch watched]] [[say: seen]]' });
      const first: RunEvent[] = [];
      let watching: Promise<readonly RunEvent[]> | undefined;
      await collect(run, async (event) => {
        first.push(event);
        if (event.type !== 'approval.requested') return;
        const thread = threadOf(first);
        const access = await broker.find(thread, ceiling);
        if (access.way !== 'join' || access.turn === undefined) throw new Error(access.words);
        await expect(collect(broker.join({ ...input(), prompt: 'no', thread }))).rejects.toMatchObject({
          code: 'runner.thread_held',
          certain: true,
        });
        const watch = broker.watch(thread, access.turn, ceiling);
        watching = collect(watch, (seen) =>
          seen.type === 'approval.requested'
            ? watch.answer(seen.approval.id, { type: 'decision', decision: 'decline' })
            : undefined,
        );
      });
      const watched = (await watching) as readonly RunEvent[];
      expect(ofType(watched, 'approval.requested')).toHaveLength(1);
      expect(first.filter(({ type }) => type === 'approval.closed')).toHaveLength(1);
      expect(watched.at(-1)).toMatchObject({ type: 'turn.completed', text: 'seen' });
      expect(first.at(-1)).toMatchObject({ type: 'turn.completed', text: 'seen' });
      await Promise.all([theirs[Symbol.asyncDispose](), ours[Symbol.asyncDispose]()]);
    }));

  it('is refused where it may do more than the ceiling allows, in words', () =>
    server(async (socket) => {
      const theirs = world.another({ transport: { type: 'socket', path: socket, server: 'theirs' } });
      const thread = threadOf(
        await collect(theirs.start({ ...input(), sandbox: 'danger-full-access', prompt: '[[say: free]]' })),
      );
      const { broker } = world.another({ sharedSockets: [socket] }).capabilities;
      expect(await broker.find(thread, ceiling)).toMatchObject({
        way: 'exceeds',
        offers: ['queue', 'fork'],
        settings: { sandbox: 'danger-full-access' },
        words: expect.stringContaining('its sandbox is danger-full-access'),
      });
      await expect(collect(broker.join({ ...input(), prompt: 'no', thread }))).rejects.toMatchObject({
        code: 'runner.rejected',
        certain: true,
      });
      expect(prompts()).not.toContain('no');
      await theirs[Symbol.asyncDispose]();
    }));
});
