import { GatewayError, type RunHandle } from '@threadbridge/contract';
import type { CrashOutcome, CrashScenario, CrashWorld } from '@threadbridge/core/testing';

const words = 'sum it up';

/** Words meet a used-up limit; the person sends them on later. */
export function parkedWords(platform: CrashScenario['platform']): CrashScenario {
  let tries = 0;
  return {
    platform,
    script: () =>
      ++tries === 1 ? [{ fail: { kind: 'usageLimit', message: 'You have hit your usage limit.' } }] : [{ say: 'Summed up.' }],
    person: createPerson([words], /kept and not sent again/, () => '/queue resume'),
  };
}

/** Words meet a thread that another program has open; the person waits until it is let go. */
export function heldWords(platform: CrashScenario['platform']): CrashScenario {
  let isHeld = false;
  const person = createPerson(['hello', words], /\/answer (\w+) wait/, ([, code]) => `/answer ${code} wait`);
  return {
    platform,
    script: ({ prompt }) => [{ say: prompt === words ? 'Summed up.' : 'Hello.' }],
    toRunner: (scripted) => ({
      ...scripted,
      start: (input, options) => (isHeld && input.thread !== undefined ? refused() : scripted.start(input, options)),
      capabilities: {
        ...scripted.capabilities,
        broker: {
          ...{ join: refused, watch: refused, queue: refuse, withdraw: refuse },
          find: async () => (isHeld ? { way: 'held', words: '', offers: ['fork'] } : { way: 'use', words: '' }),
        },
      },
    }),
    person(world) {
      const isDone = person(world);
      isHeld = reads(world, 'Hello.') && !reads(world, 'Waiting until the thread is free');
      return isDone;
    },
  };
}

function refuse(): never {
  throw new GatewayError('runner.thread_held', 'Another program has the thread open.', { certain: true });
}

function refused(): RunHandle {
  const none = async () => {};
  return {
    // biome-ignore lint/correctness/useYield: what is refused tells nothing.
    events: (async function* () {
      refuse();
    })(),
    ...{ steer: none, interrupt: none, answer: none },
  };
}

/** Somebody who says one thing after the other, and once they read that their words are kept, does what is to be done. */
function createPerson(
  prompts: readonly string[],
  kept: RegExp,
  react: (found: RegExpExecArray) => string,
): CrashScenario['person'] {
  let said = 0;
  let hasReacted = false;
  return (world) => {
    const ends = world.platform.shown.filter((one) => /Hello\.|Summed up|cut off/.test(one.message.markdown)).length;
    const text = world.platform.shown.map((one) => one.message.markdown).find((markdown) => kept.test(markdown));
    const found = hasReacted || text === undefined ? null : kept.exec(text);
    if (found !== null) {
      world.platform.say(react(found));
      hasReacted = true;
      return false;
    }
    if (ends < said) return false;
    const next = prompts[said++];
    if (next !== undefined) world.platform.say(next);
    return next === undefined;
  };
}

function reads(world: CrashWorld, text: string): boolean {
  return world.platform.shown.some((one) => one.message.markdown.includes(text));
}

/** What must be true of kept words, however the process died: they run once, or people are told that they do not. */
export function keptComplaints({ world, leftOpen }: CrashOutcome): readonly string[] {
  const found: string[] = [];
  const done = world.agent.turns.filter((turn) => turn.prompt === words && turn.status === 'completed').length;
  if (done > 1) found.push(`the words ran ${done} times`);
  if (done === 0 && !reads(world, 'cut off')) found.push('the words were lost without a word');
  const failed = world.agent.turns.some((turn) => turn.status === 'failed');
  if (failed && !reads(world, 'kept and not sent again')) found.push('nobody was told that the words are kept');
  const keys = world.platform.shown.map((one) => one.key);
  if (new Set(keys).size !== keys.length) found.push('a message was shown twice');
  const open = leftOpen.filter((type) => type !== 'timer');
  if (open.length > 0) found.push(`left open: ${open.join(', ')}`);
  return found;
}
