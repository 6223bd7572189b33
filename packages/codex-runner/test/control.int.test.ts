import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, type Approval, isTerminal, type RunEvent, type RunHandle, type ThreadId } from '@threadbridge/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect, ofType, setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp();
});
afterAll(() => world[Symbol.asyncDispose]());

const answering = async (run: RunHandle, answer: Answer | ((approval: Approval) => Answer)) => {
  return collect(run, (event) => {
    if (event.type !== 'approval.requested') return undefined;
    return run.answer(event.approval.id, typeof answer === 'function' ? answer(event.approval) : answer);
  });
};
const decide = (decision: Extract<Answer, { type: 'decision' }>['decision']): Answer => ({ type: 'decision', decision });
const threadOf = (events: readonly RunEvent[]) => ofType(events, 'thread.started')[0]?.thread as ThreadId;
const commands = (events: readonly RunEvent[]) =>
  ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'command' ? [item] : []));
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const isWritten = (name: string) =>
  readFile(join(world.workspace, name), 'utf8').then(
    (text) => text.endsWith('\n'),
    () => false,
  );
const exists = (name: string) =>
  access(join(world.workspace, name)).then(
    () => true,
    () => false,
  );

describe('a command that asks', () => {
  it('shows what it is, where, why, and what may be answered; runs when accepted', async () => {
    const events = await answering(world.start('[[run!: touch accepted]] [[say: ok]]'), decide('accept'));
    const [asked] = ofType(events, 'approval.requested');
    expect(asked?.approval).toMatchObject({
      kind: 'command',
      command: 'touch accepted',
      cwd: world.workspace,
      reason: 'May I run this outside the sandbox: touch accepted',
      offered: ['accept', 'acceptForSession', 'acceptAlways', 'decline', 'cancel'],
      alwaysRule: 'every command that starts with: touch accepted',
    });
    expect(ofType(events, 'approval.closed')).toEqual([{ type: 'approval.closed', approval: asked?.approval.id }]);
    expect(await exists('accepted')).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'ok' });
  });

  it('does not run when declined, and the turn goes on', async () => {
    const events = await answering(world.start('[[run!: touch declined]] [[say: a pity]]'), decide('decline'));
    expect(commands(events)).toMatchObject([{ status: 'declined' }]);
    expect(await exists('declined')).toBe(false);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'a pity' });
  });

  it('ends the turn when cancelled', async () => {
    const events = await answering(
      world.start('[[say: I try.]] [[run!: touch cancelled]] [[say: never said]]'),
      decide('cancel'),
    );
    expect(await exists('cancelled')).toBe(false);
    expect(events.at(-1)).toMatchObject({ type: 'turn.interrupted', text: 'I try.' });
  });

  it('is not asked again on this thread when accepted for the session', async () => {
    const first = await answering(world.start('[[run!: touch session]] [[say: ok]]'), decide('acceptForSession'));
    const second = await collect(world.start('[[run!: touch session]] [[say: ok]]', { thread: threadOf(first) }));
    expect(ofType(second, 'approval.requested')).toEqual([]);
    expect(commands(second)).toMatchObject([{ status: 'completed' }]);
    const elsewhere = await answering(world.start('[[run!: touch session]] [[say: ok]]'), decide('decline'));
    expect(ofType(elsewhere, 'approval.requested')).toHaveLength(1);
  });

  it('is not asked again on the thread either after another one was used in between', async () => {
    const first = await answering(world.start('[[run!: touch kept]] [[say: ok]]'), decide('acceptForSession'));
    await collect(world.start('[[say: another thread]]'));
    const back = await answering(world.start('[[run!: touch kept]] [[say: ok]]', { thread: threadOf(first) }), decide('decline'));
    expect(ofType(back, 'approval.requested')).toEqual([]);
  });

  it('is asked again in new threads once the line of the rule is taken out', async () => {
    await answering(world.start('[[run!: touch gone]] [[say: ok]]'), decide('acceptAlways'));
    const file = join(world.home, 'rules', 'default.rules');
    const lines = (await readFile(file, 'utf8')).split('\n');
    expect(lines).toContain('prefix_rule(pattern=["touch", "gone"], decision="allow")');
    await writeFile(file, lines.filter((line) => !line.includes('gone')).join('\n'));
    const later = await answering(world.start('[[run!: touch gone]] [[say: ok]]'), decide('decline'));
    expect(ofType(later, 'approval.requested')).toHaveLength(1);
  });

  it('is not asked again anywhere once it is always allowed, and the rule says so in words', async () => {
    await answering(world.start('[[run!: touch always]] [[say: ok]]'), decide('acceptAlways'));
    const later = await collect(world.start('[[run!: touch always]] [[say: ok]]'));
    expect(ofType(later, 'approval.requested')).toEqual([]);
    expect(await readFile(join(world.home, 'rules', 'default.rules'), 'utf8')).toContain('touch');
  });

  it('takes one answer; a second one hears that the question is closed', async () => {
    const run = world.start('[[run!: touch once]] [[say: ok]]');
    await collect(run, async (event) => {
      if (event.type !== 'approval.requested') return;
      await run.answer(event.approval.id, decide('decline'));
      await expect(run.answer(event.approval.id, decide('accept'))).rejects.toMatchObject({
        code: 'runner.approval_closed',
        certain: true,
      });
    });
    expect(await exists('once')).toBe(false);
  });

  it('waits for its answer, and refuses one that does not fit without closing', async () => {
    const run = world.start('[[run!: touch waits]] [[say: ok]]');
    const events = await collect(run, async (event) => {
      if (event.type !== 'approval.requested') return;
      const { id } = event.approval;
      await expect(run.answer(id, { type: 'toolResult', isSuccess: true, text: '' })).rejects.toMatchObject({
        code: 'runner.rejected',
      });
      expect(await exists('waits')).toBe(false);
      await run.answer(id, decide('accept'));
    });
    expect(await exists('waits')).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed' });
  });

  it('is closed when the turn is interrupted', async () => {
    const run = world.start('[[run!: touch void]] [[say: ok]]');
    const events = await collect(run, async (event) => {
      if (event.type === 'approval.requested') await run.interrupt();
    });
    const types = events.map((event) => event.type);
    expect(types.indexOf('approval.closed')).toBeGreaterThan(types.indexOf('approval.requested'));
    expect(types.at(-1)).toBe('turn.interrupted');
    expect(ofType(events, 'approval.closed')).toHaveLength(1);
  });

  it('is never asked where the run may not ask', async () => {
    const events = await collect(world.start('[[run!: touch never]] [[say: ok]]', { approvals: 'never' }));
    expect(ofType(events, 'approval.requested')).toEqual([]);
    expect(await exists('never')).toBe(false);
  });
});

describe('other questions', () => {
  it('shows the diff of a file change', async () => {
    await writeFile(join(world.workspace, 'b.txt'), 'one\ntwo\n');
    const events = await answering(world.start('[[edit: b.txt | two | three]] [[say: ok]]'), decide('accept'));
    const [asked] = ofType(events, 'approval.requested');
    expect(asked?.approval).toMatchObject({
      kind: 'fileChange',
      changes: [{ path: join(world.workspace, 'b.txt'), kind: 'update', diff: expect.stringContaining('-two\n+three') }],
      offered: ['accept', 'acceptForSession', 'decline', 'cancel'],
    });
    expect(await readFile(join(world.workspace, 'b.txt'), 'utf8')).toBe('one\nthree\n');
  });

  it('lets the caller answer the calls of its own tools', async () => {
    const tools = [
      {
        name: 'weather',
        description: 'Tells the weather.',
        inputSchema: { type: 'object', properties: { city: { type: 'string' } } },
      },
    ];
    const run = world.start('[[tool: weather | {"city":"Paris"}]] [[say: ok]]', { tools });
    const events = await answering(run, { type: 'toolResult', isSuccess: true, text: 'rain in Paris' });
    expect(ofType(events, 'approval.requested')[0]?.approval).toMatchObject({
      kind: 'toolCall',
      tool: 'weather',
      arguments: { city: 'Paris' },
    });
    expect(JSON.stringify(world.model.requests.at(-1)?.body)).toContain('rain in Paris');
    expect(ofType(events, 'approval.closed')).toHaveLength(1);
    const calls = ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'tool.call' ? [item] : []));
    expect(calls).toMatchObject([{ tool: 'weather', status: 'completed' }]);
  });
});

describe('interrupting', () => {
  it('ends a streaming turn and keeps what was completed', async () => {
    const run = world.start('[[say: First.]] [[run: true]] [[hold: stop | Second | never]]');
    const events = await collect(run, async (event) => {
      if (event.type === 'text.delta' && event.delta.includes('Second')) await run.interrupt();
    });
    expect(events.at(-1)).toMatchObject({ type: 'turn.interrupted', text: 'First.' });
    expect(events.filter(isTerminal)).toHaveLength(1);
    await run.interrupt();
  });

  it('ends the command that was running, and tells its end', async () => {
    const run = world.start('[[run: echo $$ > pid; exec sleep 1000]] [[say: never]]', { sandbox: 'danger-full-access' });
    const events = await collect(run, async (event) => {
      if (event.type !== 'item.started' || event.item.type !== 'command') return;
      // The shell makes the file before it writes into it.
      while (!(await isWritten('pid'))) await new Promise((resolve) => setImmediate(resolve));
      await run.interrupt();
    });
    expect(commands(events)).toMatchObject([{ status: 'failed' }]);
    expect(events.at(-1)?.type).toBe('turn.interrupted');
    const pid = Number(await readFile(join(world.workspace, 'pid'), 'utf8'));
    // Codex tells the end before the system has forgotten the process; a command left alone would outlast the test.
    while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve));
  });

  it('needs no turn that has begun: at the thread it already ends the run, and Codex is not asked', async () => {
    const before = world.model.requests.length;
    const run = world.start('[[say: never]]');
    const events = await collect(run, async (event) => {
      if (event.type === 'thread.started') await run.interrupt();
    });
    expect(events.map(({ type }) => type)).toEqual(['thread.started', 'turn.interrupted']);
    expect(world.model.requests).toHaveLength(before);
  });

  it('works by a signal that was aborted before', async () => {
    const events = await collect(world.start('[[say: never]]', {}, AbortSignal.abort()));
    expect(events.map(({ type }) => type)).toEqual(['turn.interrupted']);
  });

  it('works by a signal aborted at the first word, and in a tool loop', async () => {
    for (const prompt of ['[[hold: abort | word | never]]', '[[run: true]] [[run: true]] [[hold: abort | x | y]]']) {
      const stop = new AbortController();
      const events = await collect(world.start(prompt, {}, stop.signal), (event) => {
        if (event.type === 'text.delta' || event.type === 'item.completed') stop.abort();
      });
      expect(events.at(-1)?.type).toBe('turn.interrupted');
    }
  });

  it('happens when the reader leaves early; the thread is free at once', async () => {
    const run = world.start('[[hold: leave | word | never]]');
    let thread: ThreadId | undefined;
    for await (const event of run.events) {
      if (event.type === 'thread.started') thread = event.thread;
      if (event.type === 'text.delta') break;
    }
    const next = await collect(world.start('[[say: next]]', { thread: thread as ThreadId }));
    expect(next.at(-1)).toMatchObject({ type: 'turn.completed', text: 'next' });
    const record = await world.runner.capabilities.history.read(thread as ThreadId);
    expect(record.isActive).toBe(false);
  });
});

describe('steering', () => {
  it('puts words into the running turn', async () => {
    const run = world.start('[[hold: steered | first | rest]]');
    const events = await collect(run, async (event) => {
      if (event.type === 'text.delta' && event.delta === 'first') await run.steer('[[say: as you wish]]');
    });
    expect(ofType(events, 'item.dropped')).toHaveLength(1);
    expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.completed', text: 'as you wish' })]);
  });

  it('is refused with certainty before a turn and after it', async () => {
    const run = world.start('[[say: short]]');
    await expect(run.steer('too early')).rejects.toMatchObject({ code: 'runner.rejected', certain: true });
    await collect(run);
    await expect(run.steer('too late')).rejects.toMatchObject({ code: 'runner.rejected', certain: true });
  });
});

describe('two runs on one thread', () => {
  it('go one after the other, in the order they were asked for', async () => {
    const first = await collect(world.start('[[say: begin]]'));
    const thread = threadOf(first);
    const order: string[] = [];
    const follow = async (prompt: string) => {
      const events = await collect(
        world.start(prompt, { thread }),
        (event) => void order.push(`${prompt.slice(-5, -2)} ${event.type}`),
      );
      return events.at(-1);
    };
    const one = follow('[[hold: one | 1 | one]]');
    await world.model.reached('one');
    const two = follow('[[say: two]]');
    world.model.release('one');
    expect(await Promise.all([one, two])).toMatchObject([
      { type: 'turn.completed', text: '1one' },
      { type: 'turn.completed', text: 'two' },
    ]);
    expect(order.indexOf('two thread.started')).toBeGreaterThan(order.indexOf('one turn.completed'));
  });

  it('lets one that waits be called off', async () => {
    const thread = threadOf(await collect(world.start('[[say: begin]]')));
    const busy = collect(world.start('[[hold: busy | b | usy]]', { thread }));
    await world.model.reached('busy');
    const stop = new AbortController();
    const waiting = collect(world.start('[[say: never]]', { thread }, stop.signal));
    stop.abort();
    expect((await waiting).map(({ type }) => type)).toEqual(['turn.interrupted']);
    world.model.release('busy');
    expect((await busy).at(-1)).toMatchObject({ type: 'turn.completed', text: 'busy' });
  });
});
