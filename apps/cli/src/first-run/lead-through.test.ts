import { GatewayError } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { type Guide, Left, WaitedEnough } from './guide.ts';
import { leadThrough } from './lead-through.ts';
import type { Setup } from './setup.ts';
import type { FirstRunStep } from './step.ts';

/** A guide whose person gives these answers, in this order; what was asked and told is kept. */
function scripted(...answers: readonly string[]) {
  const left = [...answers];
  const asked: string[] = [];
  const told: string[] = [];
  const answer = async (question: string) => {
    asked.push(question);
    const next = left.shift();
    if (next === undefined) throw new Left();
    return next;
  };
  const guide: Guide = {
    open: () => {},
    tell: (text) => void told.push(text),
    show: () => {},
    choose: (question) => answer(question) as Promise<never>,
    type: answer,
    secret: answer,
    wait: (work) => work(new AbortController().signal),
    close: () => {},
  };
  return { guide, asked, told };
}

/** What the steps below have made true. */
function world() {
  const done = new Set<string>();
  const step = (name: string, lead: FirstRunStep['lead'] = async () => 'led'): FirstRunStep => ({
    name,
    look: async () => (done.has(name) ? { isDone: true, text: `${name} is there` } : { isDone: false, text: '', remedy: '' }),
    async lead(setup, guide) {
      const result = await lead(setup, guide);
      if (result === 'led') done.add(name);
      return result;
    },
    undo: async () => void done.delete('chat'),
  });
  const setup = { io: { texts: textsIn('en') } } as Setup;
  return { done, step, setup };
}

const { firstRun } = textsIn('en');

it('asks for what is not there, once, in order, and tells what is', async () => {
  const { done, step, setup } = world();
  done.add('codex');
  const { guide, asked, told } = scripted('yes');
  const ask = step('workspace', async (_, guided) => {
    await guided.type('where?');
    return 'led';
  });
  await leadThrough([step('codex'), ask], setup, guide);
  expect(asked).toEqual(['where?']);
  expect(told).toEqual(['codex is there', 'workspace is there']);
});

it('says why a step failed, and goes on as the person chooses: again, back, without', async () => {
  const { done, step, setup } = world();
  let tries = 0;
  const account = step('account', async () => {
    tries += 1;
    if (tries === 2) throw new WaitedEnough();
    throw new GatewayError('channel.unreachable', 'Nobody answers.', { remedy: 'Look at the network.' });
  });
  const { guide, asked, told } = scripted('again', 'back', 'without');
  await leadThrough([step('chat'), account], setup, guide);
  expect(tries).toBe(3);
  expect(asked).toEqual([firstRun.howOn, firstRun.howOn, firstRun.howOn]);
  expect(told).toEqual([
    'chat is there',
    'Nobody answers. Look at the network.',
    'chat is there',
    'Nobody answers. Look at the network.',
  ]);
  expect([...done]).toEqual(['chat']);
});

it('goes on without a step that is skipped, and ends where the person leaves', async () => {
  const { done, step, setup } = world();
  const skipped = step('login', async () => 'skipped');
  const failing = step('account', async () => {
    throw new GatewayError('channel.rejected', 'No.');
  });
  await expect(leadThrough([skipped, failing, step('last')], setup, scripted('leave').guide)).rejects.toThrow(Left);
  await expect(leadThrough([failing], setup, scripted().guide)).rejects.toThrow(Left);
  expect(done.size).toBe(0);
});

it('does not take a bug for a failed step', async () => {
  const { step, setup } = world();
  const broken = step('broken', async () => {
    throw new TypeError('x is not a function');
  });
  const { guide, asked } = scripted('again');
  await expect(leadThrough([broken], setup, guide)).rejects.toThrow(TypeError);
  expect(asked).toEqual([]);
});
