import { type ApprovalId, asId, type RunEvent, type RunHandle, type ThreadId, type TurnId } from '@threadbridge/contract';
import { createManualClock, settled } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { attachRun } from './attach-run.ts';
import type { Engine } from './engine.ts';

const question = asId<ApprovalId>('q1');

function setUp(events: AsyncIterable<RunEvent>) {
  const told: string[] = [];
  const handle: RunHandle = {
    events,
    steer: async (text) => void told.push(`steer ${text}`),
    interrupt: async () => void told.push('interrupt'),
    answer: async (id) => void told.push(`answer ${id}`),
  };
  const clock = createManualClock();
  const engine = { clock, runner: { capabilities: { attach: () => handle } } } as unknown as Engine;
  return { told, clock, run: attachRun({ thread: asId<ThreadId>('t'), turn: asId<TurnId>('u') }, engine) };
}

async function readAll(events: AsyncIterable<RunEvent>): Promise<void> {
  for await (const _ of events);
}

it('keeps an answer until the agent has asked again', async () => {
  let askAgain = () => {};
  const asked = new Promise<void>((resolve) => {
    askAgain = resolve;
  });
  const { run, told } = setUp(
    (async function* () {
      yield { type: 'thread.started', thread: asId<ThreadId>('t'), isNew: false } as RunEvent;
      await asked;
      yield { type: 'approval.requested', approval: { id: question } } as RunEvent;
    })(),
  );
  const answered = run.answer(question, { type: 'decision', decision: 'accept' });
  const read = readAll(run.events);
  await settled();
  expect(told).toEqual([]);
  askAgain();
  await Promise.all([answered, read]);
  expect(told).toEqual(['answer q1']);
});

it('asks the agent itself about a question that does not come again', async () => {
  const { run, told, clock } = setUp((async function* (): AsyncGenerator<RunEvent> {})());
  const answered = run.answer(question, { type: 'decision', decision: 'accept' });
  await settled();
  await clock.advance(5_000);
  await answered;
  expect(told).toEqual(['answer q1']);
});

it('lets nobody wait for a turn that is over', async () => {
  const { run, told } = setUp((async function* (): AsyncGenerator<RunEvent> {})());
  const interrupted = run.interrupt();
  await readAll(run.events);
  await interrupted;
  expect(told).toEqual(['interrupt']);
});
