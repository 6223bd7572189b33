import { join } from 'node:path';
import {
  asId,
  emptyView,
  isTerminal,
  type JsonObject,
  type RunEvent,
  reduceView,
  type ThreadId,
  viewText,
  type WorkspacePath,
} from '@threadbridge/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect, ofType, setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp();
});
afterAll(() => world[Symbol.asyncDispose]());

const threadOf = (events: readonly RunEvent[]): ThreadId => {
  const [started] = ofType(events, 'thread.started');
  if (started === undefined) throw new Error('no thread.started');
  return started.thread;
};

describe('a turn', () => {
  it('streams every delta in order and ends with the answer and one terminal event', async () => {
    const answer = Array.from({ length: 200 }, (_, n) => `word${n}`).join(' ');
    const events = await collect(world.start(`[[say: ${answer}]]`));

    expect(events.map((event) => event.type).slice(0, 2)).toEqual(['thread.started', 'turn.started']);
    const deltas = ofType(events, 'text.delta').map((event) => event.delta);
    expect(deltas.length).toBeGreaterThan(20);
    expect(deltas.join('')).toBe(answer);
    expect(events.filter(isTerminal)).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: answer, usage: { contextWindow: expect.any(Number) } });
    expect(viewText(events.reduce(reduceView, emptyView))).toBe(answer);
  });

  it('asks Codex for the turn only when the event after thread.started is pulled', async () => {
    const before = world.model.requests.length;
    const events = world.start('[[say: hello]]').events[Symbol.asyncIterator]();
    const first = await events.next();
    expect(first.value).toMatchObject({ type: 'thread.started', isNew: true });

    const history = world.runner.capabilities.history;
    const { threads } = await history.list({});
    expect(threads.map((thread) => thread.id)).not.toContain((first.value as { thread: ThreadId }).thread);
    expect(world.model.requests).toHaveLength(before);

    expect(await events.next()).toMatchObject({ value: { type: 'turn.started' } });
    await events.return?.(undefined);
  });

  it('takes the final message as the answer and leaves commentary out', async () => {
    const events = await collect(world.start('[[say: I look first.]] [[run: echo looked]] [[say: Done.]]'));
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'Done.' });
    const messages = ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'agent.message' ? [item] : []));
    expect(messages.map(({ text, phase }) => [text, phase])).toEqual([
      ['I look first.', 'commentary'],
      ['Done.', 'final'],
    ]);
  });

  it('shows the whole script of a command, with what it printed', async () => {
    const events = await collect(world.start('[[run: echo \'it is\'; echo "fine" | cat]] [[say: ok]]'));
    const commands = ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'command' ? [item] : []));
    expect(commands).toMatchObject([
      {
        command: 'echo \'it is\'; echo "fine" | cat',
        output: 'it is\nfine\n',
        exitCode: 0,
        status: 'completed',
        cwd: world.workspace,
      },
    ]);
  });

  it('tells the plan, the reasoning and the diff of the turn', async () => {
    const events = await collect(
      world.start('[[plan: x read; > write; rest]] [[think: Hm.]] [[write: a.txt | alpha]] [[say: ok]]', {
        sandbox: 'workspace-write',
      }),
    );
    expect(
      ofType(events, 'plan.updated')
        .at(0)
        ?.steps.map(({ status }) => status),
    ).toEqual(['completed', 'inProgress', 'pending']);
    expect(
      ofType(events, 'reasoning.delta')
        .map(({ delta }) => delta)
        .join(''),
    ).toBe('Hm.');
    const changes = ofType(events, 'item.completed').flatMap(({ item }) => (item.type === 'file.change' ? item.changes : []));
    expect(changes).toEqual([{ path: join(world.workspace, 'a.txt'), kind: 'add', diff: 'alpha\n' }]);
  });

  it('gives the answer in the form of the schema, for this turn only', async () => {
    const schema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'], additionalProperties: false };
    const first = await collect(world.start('[[say: {}]]', { outputSchema: schema }));
    expect(JSON.stringify(world.model.requests.at(-1)?.body)).toContain('codex_output_schema');
    await collect(world.start('[[say: plain]]', { thread: threadOf(first) }));
    expect(JSON.stringify(world.model.requests.at(-1)?.body)).not.toContain('codex_output_schema');
  });

  it('puts given history before the prompt and runs in an ephemeral thread', async () => {
    const history = [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'earlier words' }] }];
    const events = await collect(world.start('[[say: yes]]', { history, ephemeral: true }));
    const sent = JSON.stringify(world.model.requests.at(-1)?.body);
    expect(sent.indexOf('earlier words')).toBeGreaterThan(-1);
    expect(sent.indexOf('earlier words')).toBeLessThan(sent.indexOf('[[say: yes]]'));
    const { threads } = await world.runner.capabilities.history.list({});
    expect(threads.map(({ id }) => id)).not.toContain(threadOf(events));
  });
});

describe('a failed turn', () => {
  it('says that the usage limit is reached', async () => {
    const events = await collect(world.start('[[limit]]'));
    expect(events.at(-1)).toMatchObject({ type: 'turn.failed', error: { kind: 'usageLimit' } });
  });

  it('says that the context is too long', async () => {
    expect((await collect(world.start('[[overflow]]'))).at(-1)).toMatchObject({ error: { kind: 'contextWindow' } });
  });

  it('says that the login was refused', async () => {
    expect((await collect(world.start('[[fail: 401]]'))).at(-1)).toMatchObject({
      type: 'turn.failed',
      error: { kind: 'unauthorized' },
    });
  });

  it('drops the draft of a stream that fell silent, and the second try is the answer', async () => {
    const config = world.model.codexConfig({ streamIdleTimeoutMs: 200 }) as JsonObject;
    const events = await collect(world.start('[[hold: silent | half | whole]]', { config }), (event) => {
      if (event.type === 'turn.retrying') world.model.release('silent');
    });
    expect(ofType(events, 'turn.retrying').length).toBeGreaterThan(0);
    expect(ofType(events, 'item.dropped')).toHaveLength(1);
    expect(viewText(events.reduce(reduceView, emptyView))).toBe('halfwhole');
    expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'halfwhole' });
  });

  it('lets the next turn on the thread work', async () => {
    const failed = await collect(world.start('[[overflow]]'));
    const next = await collect(world.start('[[say: again]]', { thread: threadOf(failed) }));
    expect(next.at(-1)).toMatchObject({ type: 'turn.completed', text: 'again' });
  });
});

describe('a run that cannot be', () => {
  it('is refused where the workspace is missing, and nothing was asked of Codex', async () => {
    const run = world.start('[[say: x]]', { workspace: asId<WorkspacePath>(join(world.workspace, 'nowhere')) });
    await expect(collect(run)).rejects.toMatchObject({ code: 'runner.rejected', certain: true });
  });

  it('is refused where full access is to hide a path', async () => {
    const run = world.start('[[say: x]]', { sandbox: 'danger-full-access', denyRead: [world.home] });
    await expect(collect(run)).rejects.toMatchObject({ code: 'runner.unsupported', certain: true });
  });

  it('names a thread that is not there', async () => {
    const run = world.start('[[say: x]]', { thread: asId<ThreadId>('01a1fd6e-580d-70e0-90d9-e178ad64afb9') });
    await expect(collect(run)).rejects.toMatchObject({ code: 'runner.thread_not_found', certain: true });
  });
});
