import type { RunEvent, ThreadId, TurnId } from '@threadbridge/contract';
import type { ModelRule } from '@threadbridge/testkit/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collect, ofType, type SocketWorld, setUp, setUpSocket, type World } from './set-up.ts';

let world: World;
let shared: SocketWorld;
const rules: readonly ModelRule[] = [
  {
    when: /^delegate$/,
    reply: [
      {
        type: 'tool',
        namespace: 'multi_agent_v1',
        name: 'spawn_agent',
        arguments: { message: '[[run!: touch child]] [[say: child done]]' },
      },
      { type: 'gate', name: 'child is done' },
      { type: 'text', text: 'parent done' },
    ],
  },
];
beforeAll(async () => {
  [world, shared] = await Promise.all([setUp({}, rules), setUpSocket({}, rules)]);
});
afterAll(async () => {
  await Promise.all([world[Symbol.asyncDispose](), shared[Symbol.asyncDispose]()]);
});

it('questions of a sub-agent are asked in the run that started it, and its words stay its own', async () => {
  const run = world.start('delegate', { model: 'plain' });
  const events = await collect(run, async (event) => {
    if (event.type !== 'approval.requested') return;
    await run.answer(event.approval.id, { type: 'decision', decision: 'accept' });
    world.model.release('child is done');
  });
  expect(ofType(events, 'approval.requested')[0]?.approval).toMatchObject({ kind: 'command', command: 'touch child' });
  expect(ofType(events, 'text.delta').map(({ delta }) => delta)).toEqual(['parent done']);
  expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'parent done' });
});

it('questions of a sub-agent come back to whoever attaches to the turn that started it', async () => {
  const events: RunEvent[] = [];
  const first = shared.another();
  const run = first.start({ prompt: 'delegate', model: 'plain', workspace: shared.workspace, sandbox: 'read-only' });
  const reading = collect(run, (event) => {
    events.push(event);
    if (event.type === 'approval.requested') void first[Symbol.asyncDispose]();
  });
  await expect(reading).rejects.toMatchObject({ code: 'runner.lost' });
  const [thread] = ofType(events, 'thread.started');
  const [turn] = ofType(events, 'turn.started');
  const second = shared.another();
  const attached = second.capabilities.attach(thread?.thread as ThreadId, turn?.turn as TurnId);
  const rest = await collect(attached, async (event) => {
    if (event.type !== 'approval.requested') return;
    await attached.answer(event.approval.id, { type: 'decision', decision: 'accept' });
    shared.model.release('child is done');
  });
  expect(ofType(rest, 'approval.requested').map(({ approval }) => approval)).toMatchObject([
    { kind: 'command', command: 'touch child' },
  ]);
  expect(rest.at(-1)).toMatchObject({ type: 'turn.completed', text: 'parent done' });
  await second[Symbol.asyncDispose]();
});
