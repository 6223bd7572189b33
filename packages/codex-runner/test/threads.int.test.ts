import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent, ThreadId, TurnId } from '@threadbridge/contract';
import { isTerminal } from '@threadbridge/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect, ofType, setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp();
});
afterAll(() => world[Symbol.asyncDispose]());

const threadOf = (events: readonly RunEvent[]) => ofType(events, 'thread.started')[0]?.thread as ThreadId;
const turnOf = (events: readonly RunEvent[]) => ofType(events, 'turn.started')[0]?.turn as TurnId;
const withTurns = async (...words: readonly string[]) => {
  let thread: ThreadId | undefined;
  const turns: TurnId[] = [];
  for (const word of words) {
    const events = await collect(world.start(`[[say: ${word}]]`, thread === undefined ? {} : { thread }));
    thread = threadOf(events);
    turns.push(turnOf(events));
  }
  return { thread: thread as ThreadId, turns };
};
const answers = async (thread: ThreadId) => (await world.runner.capabilities.history.turns(thread)).turns.map(({ text }) => text);
const listed = async (isArchived: boolean) =>
  (await world.runner.capabilities.history.list({ isArchived, limit: 100 })).threads.map(({ id }) => id);

describe('the turns of a thread', () => {
  it('are read with their items and times, newest first or oldest first, page by page', async () => {
    const { history } = world.runner.capabilities;
    const { thread, turns } = await withTurns('one', 'two', 'three');
    const page = await history.turns(thread, { limit: 2 });
    expect(page.turns.map(({ turn }) => turn)).toEqual([turns[2], turns[1]]);
    expect(page.turns[0]).toMatchObject({
      status: 'completed',
      text: 'three',
      startedAt: expect.any(Number),
      endedAt: expect.any(Number),
    });
    expect(page.turns[0]?.items.map(({ type }) => type)).toEqual(['user.message', 'agent.message']);
    const rest = await history.turns(thread, { cursor: page.cursor as string });
    expect(rest.turns.map(({ turn }) => turn)).toEqual([turns[0]]);
    const oldest = await history.turns(thread, { limit: 1, first: 'oldest' });
    expect(oldest.turns.map(({ turn }) => turn)).toEqual([turns[0]]);
    await expect(history.turns('01a1fd6e-580d-70e0-90d9-e178ad64afb9' as ThreadId)).rejects.toMatchObject({
      code: 'runner.thread_not_found',
    });
  });

  it('are forgotten from one on, and the next run goes on from there', async () => {
    const { thread, turns } = await withTurns('kept', 'wrong', 'worse');
    await world.runner.capabilities.threads.revert(thread, turns[1] as TurnId);
    expect(await answers(thread)).toEqual(['kept']);
    const next = await collect(world.start('[[say: better]]', { thread }));
    expect(next.at(-1)).toMatchObject({ type: 'turn.completed', text: 'better' });
    expect(world.model.requests.at(-1)?.userTexts).not.toContain('[[say: wrong]]');
  });
});

describe('a thread', () => {
  it('is renamed, found by its name, and lists by directory, source and time', async () => {
    const { history, threads } = world.runner.capabilities;
    const { thread } = await withTurns('nameless');
    await threads.rename(thread, '  Pear tree ');
    expect(await history.read(thread)).toMatchObject({ title: 'Pear tree' });
    const find = async (query: Parameters<typeof history.list>[0]) => (await history.list(query)).threads.map(({ id }) => id);
    expect(await find({ search: 'Pear t' })).toEqual([thread]);
    expect(
      await find({ search: 'Pear t', cwd: [world.home, world.workspace], sortBy: 'created', providers: ['scripted'] }),
    ).toEqual([thread]);
    expect(await find({ search: 'Pear t', cwd: world.home })).toEqual([]);
    expect(await find({ search: 'Pear t', sources: ['exec'] })).toEqual([]);
    await expect(threads.rename(thread, ' ')).rejects.toMatchObject({ code: 'runner.rejected', certain: true });
  });

  it('is archived, takes no run then, and comes back', async () => {
    const { threads } = world.runner.capabilities;
    const { thread } = await withTurns('shelved');
    await threads.archive(thread);
    expect(await listed(false)).not.toContain(thread);
    expect(await listed(true)).toContain(thread);
    await expect(collect(world.start('[[say: no]]', { thread }))).rejects.toMatchObject({ certain: true });
    await threads.unarchive(thread);
    expect(await listed(false)).toContain(thread);
    expect((await collect(world.start('[[say: back]]', { thread }))).at(-1)).toMatchObject({ text: 'back' });
  });

  it('is forked, whole or up to a turn; the fork has its own policy and goes its own way', async () => {
    const { threads } = world.runner.capabilities;
    const { thread, turns } = await withTurns('first', 'second');
    const whole = await threads.fork(thread);
    const part = await threads.fork(thread, { through: turns[0] as TurnId });
    expect(whole).toMatchObject({ forkedFrom: thread, cwd: world.workspace });
    expect([await answers(whole.id), await answers(part.id)]).toEqual([['second', 'first'], ['first']]);
    const events = await collect(
      world.start('[[run: touch made-by-fork && echo yes]] [[say: mine]]', { thread: part.id, sandbox: 'workspace-write' }),
    );
    const commands = ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'command' ? [item.output] : []));
    expect(commands).toEqual(['yes\n']);
    expect(await answers(thread)).toEqual(['second', 'first']);
  });

  it('is deleted for good, but not while a fork builds on it', async () => {
    const { threads, history } = world.runner.capabilities;
    const { thread } = await withTurns('doomed');
    const fork = await threads.fork(thread);
    await expect(threads.delete(thread)).rejects.toMatchObject({
      code: 'runner.rejected',
      certain: true,
      message: expect.stringContaining('fork'),
    });
    await threads.delete(fork.id);
    await threads.delete(thread);
    await expect(history.read(thread)).rejects.toMatchObject({ code: 'runner.thread_not_found' });
    await expect(threads.delete(thread)).rejects.toMatchObject({ code: 'runner.thread_not_found', certain: true });
  });

  it('is compacted, waits for its run before, and goes on', async () => {
    const { threads, history } = world.runner.capabilities;
    const { thread } = await withTurns('long', 'longer');
    const busy = collect(world.start('[[hold: before | still | busy]]', { thread }));
    await world.model.reached('before');
    const compacting = threads.compact(thread);
    world.model.release('before');
    await busy;
    await compacting;
    const [newest] = (await history.turns(thread, { limit: 1 })).turns;
    expect(newest?.items.map(({ type }) => type)).toContain('compaction');
    expect((await collect(world.start('[[say: lighter]]', { thread }))).at(-1)).toMatchObject({ text: 'lighter' });
  });

  it('that another process holds is left alone by all that writes', async () => {
    const holder = world.another({ releaseAfterMs: 600_000 });
    const held = threadOf(
      await collect(holder.start({ prompt: '[[say: mine]]', workspace: world.workspace, sandbox: 'read-only' })),
    );
    const { threads } = world.runner.capabilities;
    for (const verb of [
      threads.archive(held),
      threads.compact(held),
      threads.delete(held),
      threads.revert(held, 'x' as TurnId),
    ]) {
      await expect(verb).rejects.toMatchObject({ code: 'runner.thread_held', certain: true });
    }
    await holder[Symbol.asyncDispose]();
  });
});

describe('a review', () => {
  it('is a run: of instructions, with its text in an item and as the answer', async () => {
    const run = world.runner.capabilities.review.start({
      target: { type: 'custom', instructions: '[[say: Looks fine.]]' },
      workspace: world.workspace,
      sandbox: 'read-only',
    });
    const events = await collect(run);
    const reviews = ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'review' ? [item] : []));
    expect(reviews.map(({ stage }) => stage)).toEqual(['entered', 'exited']);
    expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.completed', text: 'Looks fine.' })]);
    const [kept] = (await world.runner.capabilities.history.turns(threadOf(events), { limit: 1 })).turns;
    expect(ofType(events, 'turn.started')).toEqual([{ type: 'turn.started', turn: kept?.turn }]);
    expect(kept).toMatchObject({ status: 'completed', text: 'Looks fine.' });
    expect((await collect(world.start('[[say: thanks]]', { thread: threadOf(events) }))).at(-1)).toMatchObject({
      text: 'thanks',
    });
  });

  it('runs under its own policy, not that of the turn before; it is interrupted like any other', async () => {
    const { thread } = await withTurns('x');
    await collect(world.start('[[say: free]]', { thread, sandbox: 'danger-full-access' }));
    await writeFile(join(world.workspace, 'reviewed'), 'as it was');
    const review = (instructions: string) =>
      world.runner.capabilities.review.start({
        target: { type: 'custom', instructions },
        workspace: world.workspace,
        sandbox: 'read-only',
        thread,
      });
    const events = await collect(review('[[run: echo changed > reviewed || echo denied]] [[say: done]]'));
    const outputs = ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'command' ? [item.output ?? ''] : []));
    expect(outputs.join()).toContain('denied');
    const run = review('[[hold: reviewing | a | b]]');
    const stopped = await collect(run, (event) => (event.type === 'turn.started' ? run.interrupt() : undefined));
    expect(stopped.at(-1)).toMatchObject({ type: 'turn.interrupted' });
  });
});

describe('models', () => {
  it('are listed with what can be asked of them', async () => {
    const models = await world.runner.capabilities.models.list();
    expect(models.length).toBeGreaterThan(1);
    expect(models.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    for (const model of models) expect(model).toMatchObject({ id: expect.any(String), efforts: expect.any(Array) });
  });
});
