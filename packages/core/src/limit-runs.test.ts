import { asId, type RunEvent, type RunHandle, type Runner, type ThreadId } from '@threadbridge/contract';
import { createScriptedAgent, settled } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { limitRuns } from './limit-runs.ts';

const agent = () => createScriptedAgent(({ prompt }) => (prompt.startsWith('long') ? [{ wait: true }] : [{ say: prompt }]));

interface Watched {
  readonly handle: RunHandle;
  /** What it told: its places in line, then `began`, then its end. */
  readonly told: readonly string[];
}

function ask(runner: Runner, prompt: string, thread?: string): Watched {
  const input = { prompt, workspace: asId<never>('/work'), sandbox: 'read-only' } as const;
  const handle = runner.start({ ...input, ...(thread !== undefined && { thread: asId<ThreadId>(thread) }) });
  const told: string[] = [];
  void (async () => {
    try {
      for await (const event of handle.events) told.push(...words(event));
    } catch (error) {
      told.push(String((error as { readonly code?: string }).code));
    }
  })();
  return { handle, told };
}

function words(event: RunEvent): readonly string[] {
  if (event.type === 'turn.waiting') return [`${event.for} ${event.place}`];
  if (event.type === 'thread.started') return ['began'];
  return event.type === 'turn.completed' || event.type === 'turn.interrupted' ? [event.type] : [];
}

async function pass(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await settled();
}

it('lets so many work at a time; the others move up in the order in which they came, and are told', async () => {
  const runner = limitRuns(agent().runner(), { slots: 2 });
  const [first, second, third, fourth] = ['long 1', 'long 2', 'long 3', '4'].map((prompt) => ask(runner, prompt));
  await pass();
  expect([first?.told, second?.told]).toEqual([['began'], ['began']]);
  expect([third?.told, fourth?.told]).toEqual([['slot 1'], ['slot 2']]);
  await second?.handle.interrupt();
  await pass();
  expect(third?.told).toEqual(['slot 1', 'began']);
  expect(fourth?.told).toEqual(['slot 2', 'slot 1']);
  await first?.handle.interrupt();
  await pass();
  expect(fourth?.told).toEqual(['slot 2', 'slot 1', 'began', 'turn.completed']);
});

it('lets one work on each thread, and takes no slot for those who wait for theirs', async () => {
  const runner = limitRuns(agent().runner(), { slots: 2 });
  const made = ask(runner, 'long 1', 't');
  const same = [ask(runner, 'long 2', 't'), ask(runner, '3', 't')];
  const other = ask(runner, '4', 'u');
  await pass();
  expect(other.told).toEqual(['began', 'turn.completed']);
  expect(same.map((one) => one.told)).toEqual([['thread 1'], ['thread 2']]);
  await made.handle.interrupt();
  await pass();
  expect(same.map((one) => one.told)).toEqual([
    ['thread 1', 'began'],
    ['thread 2', 'thread 1'],
  ]);
});

it('knows a new thread from the moment on in which it has a name', async () => {
  const runner = limitRuns(agent().runner(), { slots: 3 });
  const made = ask(runner, 'long');
  await pass();
  const same = ask(runner, 'again', 'thread-1');
  await pass();
  expect(same.told).toEqual(['thread 1']);
  await made.handle.interrupt();
  await pass();
  expect(same.told).toEqual(['thread 1', 'began', 'turn.completed']);
});

it('refuses one more than may stand in line, and says that it surely was not taken', async () => {
  const kept = agent();
  const runner = limitRuns(kept.runner(), { slots: 1, maxWaiting: 1 });
  ask(runner, 'long');
  const waits = ask(runner, '2');
  const refused = ask(runner, '3');
  await pass();
  expect(waits.told).toEqual(['slot 1']);
  expect(refused.told).toEqual(['runner.overloaded']);
  expect(kept.turns).toHaveLength(1);
});

it('lets somebody leave the line without having begun', async () => {
  const kept = agent();
  const runner = limitRuns(kept.runner(), { slots: 1 });
  const first = ask(runner, 'long');
  const second = ask(runner, '2');
  const third = ask(runner, '3');
  await pass();
  await expect(second.handle.steer('left')).rejects.toMatchObject({ certain: true });
  await second.handle.interrupt();
  await pass();
  expect(second.told).toEqual(['slot 1', 'turn.interrupted']);
  expect(third.told).toEqual(['slot 2', 'slot 1']);
  await first.handle.interrupt();
  await pass();
  expect(kept.turns.map((turn) => turn.prompt)).toEqual(['long', '3']);
});
