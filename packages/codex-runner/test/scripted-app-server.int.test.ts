import { tmpdir } from 'node:os';
import { asId, type RunEvent, type ThreadId, type WorkspacePath } from '@threadbridge/contract';
import { type ScriptedAppServerOptions, startScriptedAppServer } from '@threadbridge/testkit/app-server';
import { expect, it } from 'vitest';
import { createCodexRunner } from '../src/index.ts';
import { collect, ofType } from './set-up.ts';

/** The runner on an app-server that follows a script: what no real Codex does on demand. */
async function open(script?: ScriptedAppServerOptions['script']) {
  const server = await startScriptedAppServer(script ? { script } : {});
  const transport = { type: 'socket', path: server.path, server: 'theirs' } as const;
  const runner = createCodexRunner({ transport, codexHome: tmpdir(), env: {} });
  const workspace = asId<WorkspacePath>(tmpdir());
  return {
    ...{ server, runner },
    start: (prompt: string, thread?: ThreadId) =>
      runner.start({ prompt, workspace, sandbox: 'read-only', ...(thread && { thread }) }),
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]();
      await server.close();
    },
  };
}

const threadOf = (events: readonly RunEvent[]) => ofType(events, 'thread.started')[0]?.thread;

it('a turn is told from its first word to its last, and the thread goes on', async () => {
  await using world = await open();
  const events = await collect(world.start('one two three'));
  expect(ofType(events, 'text.delta').map(({ delta }) => delta)).toEqual(['You ', 'said: ', 'one ', 'two ', 'three']);
  expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'You said: one two three' });
  const again = await collect(world.start('four', threadOf(events)));
  expect(again.at(-1)).toMatchObject({ type: 'turn.completed', text: 'You said: four' });
  expect(world.server.turns.map(({ status }) => status)).toEqual(['completed', 'completed']);
  expect(world.server.mistakes).toEqual([]);
});

it('a question waits for its answer; a turn that waits can be steered or interrupted', async () => {
  await using world = await open((prompt) =>
    prompt === 'ask' ? [{ ask: 'rm -r dist' }, { say: 'done' }] : [{ wait: true }, { say: 'on' }],
  );
  const asking = world.start('ask');
  const events = await collect(asking, (event) =>
    event.type === 'approval.requested' ? asking.answer(event.approval.id, { type: 'decision', decision: 'decline' }) : undefined,
  );
  expect(ofType(events, 'approval.requested')).toMatchObject([{ approval: { kind: 'command', command: 'rm -r dist' } }]);
  expect(ofType(events, 'approval.closed')).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'done' });

  const steered = world.start('wait');
  await collect(steered, (event) => (event.type === 'turn.started' ? steered.steer('go on') : undefined));
  const stopped = world.start('wait');
  const last = await collect(stopped, (event) => (event.type === 'turn.started' ? stopped.interrupt() : undefined));
  expect(last.at(-1)).toMatchObject({ type: 'turn.interrupted' });
  expect(world.server.turns).toMatchObject([
    { status: 'completed', decisions: ['decline'] },
    { status: 'completed', steers: ['go on'] },
    { status: 'interrupted' },
  ]);
  expect(world.server.mistakes).toEqual([]);
});

it('an overloaded server did surely not begin; a connection that breaks at turn/start leaves it in doubt', async () => {
  await using world = await open();
  world.server.fail('turn/start', { type: 'error', code: -32_001 });
  await expect(collect(world.start('x'))).rejects.toMatchObject({ code: 'runner.overloaded', certain: true });
  world.server.fail('turn/start', { type: 'drop', isProcessed: true });
  await expect(collect(world.start('y'))).rejects.toMatchObject({ code: 'runner.lost', certain: false });
  expect(world.server.turns.map(({ prompt }) => prompt)).toEqual(['y']);
});

it('a line that is no message is passed over, and a turn that fails says why', async () => {
  await using world = await open(() => [{ say: 'so far' }, { fail: 'The model is gone.' }]);
  world.server.fail('thread/start', { type: 'garbage' });
  const events = await collect(world.start('x'));
  expect(events.at(-1)).toMatchObject({ type: 'turn.failed', text: 'so far', error: { message: 'The model is gone.' } });
});
