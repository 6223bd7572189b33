import { afterAll, beforeAll, expect, it } from 'vitest';
import { collect, ofType, setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  world = await setUp({}, [
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
  ]);
});
afterAll(() => world[Symbol.asyncDispose]());

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
