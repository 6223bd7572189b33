import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asId, type EffectKey, isTerminal, type RunEvent, type ThreadId, type TurnId } from '@threadbridge/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodexRunner, createCodexRunner, readServer, stopServer } from '../src/index.ts';
import { holdTurn } from './hold-turn.ts';
import { collect, isAlive, ofType, type SocketWorld, setUpSocket, untilGone } from './set-up.ts';

let world: SocketWorld;
beforeAll(async () => {
  world = await setUpSocket();
});
afterAll(() => world[Symbol.asyncDispose]());

const threadOf = (events: readonly RunEvent[]) => ofType(events, 'thread.started')[0]?.thread as ThreadId;
const turnOf = (events: readonly RunEvent[]) => ofType(events, 'turn.started')[0]?.turn as TurnId;
const decline = { type: 'decision', decision: 'decline' } as const;
const accept = { type: 'decision', decision: 'accept' } as const;

interface Circumstances {
  readonly folder: string;
  readonly watcher: number;
}

/** Linux tells them. */
function childrenOf(pid: number): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}
const kill = (pid: number) => process.kill(pid, 'SIGKILL');

/** Begins a run, and has its runner go away where `isThere` says so. */
async function leaveBehind(prompt: string, isThere: (event: RunEvent) => unknown): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  const runner = world.another();
  const run = runner.start({ prompt, workspace: world.workspace, sandbox: 'read-only', key: asId<EffectKey>(prompt) });
  const reading = collect(run, async (event) => {
    events.push(event);
    if (isThere(event)) void runner[Symbol.asyncDispose]();
  });
  await expect(reading).rejects.toMatchObject({ code: 'runner.lost', certain: false });
  return events;
}

describe('a server of ours', () => {
  it('goes on without the runner that started it, and is found by the next', async () => {
    const first = world.another();
    const thread = threadOf(
      await collect(first.start({ prompt: '[[say: one]]', workspace: world.workspace, sandbox: 'read-only' })),
    );
    const state = await readServer(world.socket);
    await first[Symbol.asyncDispose]();
    expect(isAlive(state?.pid as number)).toBe(true);
    const second = world.another();
    const events = await collect(
      second.start({ prompt: '[[say: two]]', workspace: world.workspace, sandbox: 'read-only', thread }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'two' });
    expect((await readServer(world.socket))?.pid).toBe(state?.pid);
    await second[Symbol.asyncDispose]();
  });

  it('is started once by runners that come at the same time', async () => {
    await stopServer(world.socket, { drainMs: 0 });
    const runners = Array.from({ length: 4 }, () => world.another());
    const checks = await Promise.all(runners.map((runner) => runner.check()));
    expect(checks.map(({ isUsable }) => isUsable)).toEqual([true, true, true, true]);
    expect(new Set(world.pids.slice(-4)).size).toBe(1);
    await Promise.all(runners.map((runner) => runner[Symbol.asyncDispose]()));
  });

  it('is found again where its folder was removed while it lives, and ends by itself later', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'socket-'));
    const path = join(folder, 's');
    const another = () => world.another({ transport: { type: 'socket', path, server: 'ours', idleTimeoutMs: 300 } });
    const run = (runner: CodexRunner, prompt: string) =>
      collect(runner.start({ prompt, workspace: world.workspace, sandbox: 'read-only' }));
    const [first, second] = [another(), another()];
    const before = run(first, '[[hold: unfindable | x | y]]');
    await world.model.reached('unfindable');
    const pid = (await readServer(path))?.pid as number;
    await rm(folder, { recursive: true });
    expect((await run(second, '[[say: here]]')).at(-1)).toMatchObject({ type: 'turn.completed', text: 'here' });
    expect((await readServer(path))?.pid).toBe(pid);
    world.model.release('unfindable');
    expect((await before).at(-1)).toMatchObject({ type: 'turn.completed', text: 'xy' });
    const { watcher } = JSON.parse(await readFile(`${path}.pid`, 'utf8')) as { watcher: number };
    await Promise.all([first, second].map((runner) => runner[Symbol.asyncDispose]()));
    await untilGone(pid);
    await untilGone(watcher);
    await rm(folder, { recursive: true });
  });

  it('ends by stopServer, which says whether there was one', async () => {
    const runner = world.another();
    await runner.check();
    const { pid, watcher } = JSON.parse(await readFile(`${world.socket}.pid`, 'utf8')) as { pid: number; watcher: number };
    expect((await readServer(world.socket))?.pid).toBe(pid);
    expect(await stopServer(world.socket)).toBe(true);
    expect(isAlive(pid)).toBe(false);
    await untilGone(watcher);
    expect(existsSync(`${world.socket}.pid`)).toBe(false);
    expect(await stopServer(world.socket)).toBe(false);
    expect(await readServer(world.socket)).toBeUndefined();
    const again = await collect(runner.start({ prompt: '[[say: again]]', workspace: world.workspace, sandbox: 'read-only' }));
    expect(again.at(-1)).toMatchObject({ type: 'turn.completed', text: 'again' });
    await runner[Symbol.asyncDispose]();
  });

  it.each([
    ['is loaded in it', async () => {}],
    ['can find its folder any more', async ({ folder }: Circumstances) => rm(folder, { recursive: true })],
    ['watches it, since its watch was killed', async ({ watcher }: Circumstances) => childrenOf(watcher).forEach(kill)],
    [
      'can find its folder any more, nor watches it',
      async ({ folder, watcher }: Circumstances) => {
        await rm(folder, { recursive: true });
        childrenOf(watcher).forEach(kill);
      },
    ],
  ])('ends by itself when nothing %s for the time set, and takes its watcher along', async (_, make) => {
    const folder = await mkdtemp(join(tmpdir(), 'socket-'));
    const path = join(folder, 's');
    const runner = world.another({ transport: { type: 'socket', path, server: 'ours', idleTimeoutMs: 300 } });
    const events = await collect(runner.start({ prompt: '[[say: short]]', workspace: world.workspace, sandbox: 'read-only' }));
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed' });
    const { pid, watcher } = JSON.parse(await readFile(`${path}.pid`, 'utf8')) as { pid: number; watcher: number };
    expect([pid, watcher].map(isAlive)).toEqual([true, true]);
    await make({ folder, watcher });
    await runner[Symbol.asyncDispose]();
    await untilGone(pid);
    await untilGone(watcher);
    await rm(folder, { recursive: true, force: true });
  });

  it('goes on when a turn runs, however long', async () => {
    const path = `${world.socket}2`;
    const transport = { type: 'socket', path, server: 'ours', idleTimeoutMs: 200 } as const;
    const runner = world.another({ transport });
    const reading = collect(runner.start({ prompt: '[[hold: busy | x | y]]', workspace: world.workspace, sandbox: 'read-only' }));
    await world.model.reached('busy');
    for (let n = 0; n < 10; n++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await readServer(path)).toMatchObject({ activeTurns: 1 });
    }
    world.model.release('busy');
    expect((await reading).at(-1)).toMatchObject({ type: 'turn.completed', text: 'xy' });
    await runner[Symbol.asyncDispose]();
    const left = await readServer(path);
    if (left !== undefined) await untilGone(left.pid);
  });
});

describe('a server of theirs', () => {
  it('serves runs of changing configuration, and thread verbs, though it lets threads go slowly by itself', async () => {
    const path = `${world.socket}5`;
    const child = world.listen(path);
    await expect.poll(() => readServer(path), { timeout: 20_000 }).toBeDefined();
    const runner = world.another({ transport: { type: 'socket', path, server: 'theirs' } });
    const run = (name: string, thread?: ThreadId) =>
      collect(
        runner.start({
          prompt: '[[run: echo "<$WHO>"]] [[say: ok]]',
          workspace: world.workspace,
          sandbox: 'read-only',
          config: { shell_environment_policy: { inherit: 'core', set: { WHO: name } } },
          ...(thread !== undefined && { thread }),
        }),
      );
    const outputs = (events: readonly RunEvent[]) =>
      ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'command' ? [item.output] : []));
    const first = await run('alice');
    const thread = threadOf(first);
    expect([outputs(first), outputs(await run('bob', thread))]).toEqual([['<alice>\n'], ['<bob>\n']]);
    const fork = await runner.capabilities.threads.fork(thread);
    await runner.capabilities.threads.compact(fork.id);
    expect(outputs(await run('carol', fork.id))).toEqual(['<carol>\n']);
    await runner[Symbol.asyncDispose]();
    expect(isAlive(child.pid as number)).toBe(true);
    expect(existsSync(`${path}.pid`)).toBe(false);
    child.kill('SIGKILL');
    await untilGone(child.pid as number);
  });
});

describe('the path of a socket', () => {
  it('is refused at once where the system cannot take it, with its length', () => {
    const path = `/tmp/${'x'.repeat(120)}`;
    expect(() => createCodexRunner({ transport: { type: 'socket', path, server: 'ours' } })).toThrowError(
      /has 125 bytes; the system allows/,
    );
    expect(() => createCodexRunner({ transport: { type: 'socket', path: 'relative', server: 'ours' } })).toThrowError(
      /not absolute/,
    );
    expect(() => createCodexRunner({ sharedSockets: [path] })).toThrowError(/125 bytes/);
  });

  it('on which nobody listens is told, where the server is somebody else’s', async () => {
    const runner = world.another({ transport: { type: 'socket', path: `${world.socket}9`, server: 'theirs' } });
    expect((await runner.check()).problems).toMatchObject([
      { code: 'runner.missing', remedy: expect.stringContaining('--listen') },
    ]);
  });
});

describe('attaching', () => {
  it('gives a running turn back after its runner went away: what was missed, what follows, one end', async () => {
    const left = await leaveBehind(
      '[[say: First.]] [[run: true]] [[hold: behind | Sec | ond.]]',
      (event) => event.type === 'text.delta' && event.delta === 'Sec',
    );
    const thread = threadOf(left);
    const events: RunEvent[] = [];
    const runner = world.another();
    for await (const event of runner.capabilities.attach(thread, turnOf(left)).events) {
      events.push(event);
      if (event.type === 'turn.started') world.model.release('behind');
    }
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'thread.started', thread, isNew: false },
      { type: 'turn.started', turn: turnOf(left) },
    ]);
    const completed = ofType(events, 'item.completed').map(({ item }) => item);
    expect(new Set(completed.map(({ id }) => id)).size).toBe(completed.length);
    expect(completed.flatMap((item) => (item.type === 'agent.message' ? [item.text] : []))).toEqual(['First.', 'Second.']);
    expect(completed.filter(({ type }) => type === 'command')).toHaveLength(1);
    expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.completed', text: 'Second.' })]);
    await runner[Symbol.asyncDispose]();
  });

  it('brings open questions back, with the diff, and takes their answer', async () => {
    await writeFile(join(world.workspace, 'c.txt'), 'one\ntwo\n');
    const left = await leaveBehind('[[edit: c.txt | two | three]] [[say: done]]', (event) => event.type === 'approval.requested');
    const runner = world.another();
    const run = runner.capabilities.attach(threadOf(left), turnOf(left));
    const events = await collect(run, (event) =>
      event.type === 'approval.requested' ? run.answer(event.approval.id, accept) : undefined,
    );
    expect(ofType(events, 'approval.requested')).toHaveLength(1);
    expect(ofType(events, 'approval.requested')[0]?.approval).toMatchObject({
      kind: 'fileChange',
      changes: [{ path: join(world.workspace, 'c.txt'), diff: expect.stringContaining('-two\n+three') }],
    });
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'done' });
    await runner[Symbol.asyncDispose]();
  });

  it('to a turn that is over tells its end only, also in a process that knows nothing', async () => {
    const first = await collect(world.start('[[say: long ago]]'));
    const runner = world.another();
    const over = () => collect(runner.capabilities.attach(threadOf(first), turnOf(first)));
    const events = await over();
    expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.completed', text: 'long ago' })]);
    expect(await over()).toEqual(events);
    await expect(
      collect(runner.capabilities.attach(threadOf(first), asId('01a1fd6e-580d-70e0-90d9-e178ad64afb9'))),
    ).rejects.toMatchObject({
      code: 'runner.thread_not_found',
    });
    await runner[Symbol.asyncDispose]();
  });

  it('leaves the turn alone when it is left; a run on the thread is refused meanwhile, and works after', async () => {
    const left = await leaveBehind('[[hold: alone | a | b]]', (event) => event.type === 'text.delta');
    const thread = threadOf(left);
    const runner = world.another();
    for await (const event of runner.capabilities.attach(thread, turnOf(left)).events) if (event.type === 'turn.started') break;
    const next = () =>
      collect(runner.start({ prompt: '[[say: next]]', workspace: world.workspace, sandbox: 'read-only', thread }));
    await expect(next()).rejects.toMatchObject({ code: 'runner.thread_held', certain: true, retry: 'backoff' });
    const watching = collect(runner.capabilities.attach(thread, turnOf(left)));
    world.model.release('alone');
    expect((await watching).at(-1)).toMatchObject({ type: 'turn.completed', text: 'ab' });
    expect((await next()).at(-1)).toMatchObject({ type: 'turn.completed', text: 'next' });
    await runner[Symbol.asyncDispose]();
  });

  it('tells the true end of a turn that ends in the moment somebody looks, and of one found by its key', async () => {
    for (let round = 0; round < 10; round += 1) {
      const prompt = `[[gate: now ${round}]] [[say: ended]]`;
      const left = await leaveBehind(prompt, (event) => event.type === 'turn.started');
      await world.model.reached(`now ${round}`);
      const runner = world.another();
      await runner.check();
      world.model.release(`now ${round}`);
      const attached = collect(runner.capabilities.attach(threadOf(left), turnOf(left)));
      const found = runner.capabilities.history.findTurn(threadOf(left), asId<EffectKey>(prompt));
      expect((await attached).at(-1)).toMatchObject({ type: 'turn.completed', text: 'ended' });
      expect((await found)?.status).not.toBe('interrupted');
      await runner[Symbol.asyncDispose]();
    }
  });

  it('can interrupt, and steer', async () => {
    const left = await leaveBehind('[[hold: halt | a | b]]', (event) => event.type === 'text.delta');
    const runner = world.another();
    const run = runner.capabilities.attach(threadOf(left), turnOf(left));
    const events = await collect(run, (event) => (event.type === 'turn.started' ? run.interrupt() : undefined));
    expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.interrupted' })]);
    const other = await leaveBehind('[[hold: wheel | a | b]]', (event) => event.type === 'text.delta');
    const steered = runner.capabilities.attach(threadOf(other), turnOf(other));
    const end = await collect(steered, (event) => (event.type === 'turn.started' ? steered.steer('[[say: turned]]') : undefined));
    expect(end.at(-1)).toMatchObject({ type: 'turn.completed', text: 'turned' });
    await runner[Symbol.asyncDispose]();
  });

  it('says that the turn was interrupted where the server died meanwhile', async () => {
    const left = await leaveBehind('[[hold: died | a | b]]', (event) => event.type === 'text.delta');
    const { pid } = (await readServer(world.socket)) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
    const runner = world.another();
    const events = await collect(runner.capabilities.attach(threadOf(left), turnOf(left)));
    expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.interrupted' })]);
    await runner[Symbol.asyncDispose]();
  });
});

describe('a turn outlives', () => {
  it('the process that asked for it, also when that is killed; whoever attaches can end it and its command', async () => {
    const { parent, ...held } = await holdTurn(world, world.socket);
    const gone = once(parent, 'exit');
    parent.kill('SIGKILL');
    await gone;
    expect([held.codex, held.command].map(isAlive)).toEqual([true, true]);
    const runner = world.another();
    const run = runner.capabilities.attach(held.thread, held.turn);
    const events = await collect(run, (event) => (event.type === 'turn.started' ? run.interrupt() : undefined));
    expect(events.at(-1)).toMatchObject({ type: 'turn.interrupted' });
    await untilGone(held.command);
    await runner[Symbol.asyncDispose]();
  });

  it('its connection: the run is lost, the runner connects again and gets the turn back', async () => {
    const path = `${world.socket}6`;
    const connections = new Set<Socket>();
    const proxy = createServer((from) => {
      const to = connect(world.socket);
      for (const [one, other] of [[from, to] as const, [to, from] as const]) {
        connections.add(one);
        one.on('error', () => {}).on('close', () => other.destroy());
        one.pipe(other);
      }
    });
    await new Promise<void>((resolve) => proxy.listen(path, resolve));
    await world.runner.check();
    const runner = world.another({ transport: { type: 'socket', path, server: 'theirs' } });
    const events: RunEvent[] = [];
    const run = runner.start({ prompt: '[[hold: line | one | two]]', workspace: world.workspace, sandbox: 'read-only' });
    const reading = collect(run, (event) => {
      events.push(event);
      if (event.type === 'text.delta') for (const connection of connections) connection.destroy();
    });
    await expect(reading).rejects.toMatchObject({ code: 'runner.lost', certain: false });
    const attached = runner.capabilities.attach(threadOf(events), turnOf(events));
    const rest = await collect(attached, (event) => {
      if (event.type === 'turn.started') world.model.release('line');
    });
    expect(rest.at(-1)).toMatchObject({ type: 'turn.completed', text: 'onetwo' });
    await runner[Symbol.asyncDispose]();
    await new Promise((resolve) => proxy.close(resolve));
  });
});

describe('two runners on one server', () => {
  const both = async (test: (one: CodexRunner, two: CodexRunner) => Promise<void>) => {
    const [one, two] = [world.another({ releaseAfterMs: 0 }), world.another()];
    await test(one, two);
    await Promise.all([one[Symbol.asyncDispose](), two[Symbol.asyncDispose]()]);
  };
  const input = () => ({ workspace: world.workspace, sandbox: 'read-only' }) as const;

  it('do not answer each other’s questions', () =>
    both(async (one, two) => {
      const run = one.start({ ...input(), prompt: '[[run!: touch mine]] [[say: asked]]' });
      await two.check();
      const events = await collect(run, async (event) => {
        if (event.type !== 'approval.requested') return;
        await two.capabilities.history.list({});
        await run.answer(event.approval.id, decline);
      });
      expect(ofType(events, 'approval.requested')).toHaveLength(1);
      expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'asked' });
    }));

  it('join: the second is told of the first one’s thread and its turn, watches it, and answers', () =>
    both(async (one, two) => {
      const run = one.start({ ...input(), prompt: '[[run!: touch joined]] [[say: ok]]' });
      let thread: ThreadId | undefined;
      let watched: readonly RunEvent[] = [];
      const events = await collect(run, async (event) => {
        if (event.type === 'thread.started') thread = event.thread;
        if (event.type !== 'approval.requested') return;
        const { broker } = two.capabilities;
        const access = await broker.find(thread as ThreadId, { sandbox: 'read-only' });
        expect(access).toMatchObject({
          way: 'join',
          turn: expect.any(String),
          settings: { sandbox: 'read-only', network: false },
        });
        if (access.way !== 'join' || access.turn === undefined) return;
        const watching = broker.watch(thread as ThreadId, access.turn, { sandbox: 'read-only' });
        void collect(watching, (seen) =>
          seen.type === 'approval.requested' ? watching.answer(seen.approval.id, decline) : undefined,
        ).then((all) => {
          watched = all;
        });
      });
      expect(ofType(events, 'approval.closed')).toHaveLength(1);
      expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'ok' });
      await expect.poll(() => watched.at(-1)).toMatchObject({ type: 'turn.completed', text: 'ok' });
    }));
});
