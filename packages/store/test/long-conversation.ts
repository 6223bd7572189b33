import { asId, type SendBudget } from '@threadbridge/contract';
import { type CrashScenario, type CrashWorld, createOpenFiles } from '@threadbridge/core/testing';

/** Six messages after each inbound one. */
const six: SendBudget = {
  ...{ messages: 6, windowMs: 3_600_000, initial: 0 },
  release: () => 6,
  cost: () => 1,
  claim: (left) =>
    Number(left) === 0
      ? { allowed: false, reason: 'spent' }
      : { allowed: true, state: Number(left) - 1, isLast: Number(left) === 1 },
  learn: (state) => state,
  left: (left) => ({ messages: Number(left) }),
};

const report = { name: 'report.txt', sizeBytes: 4, mediaType: 'text/plain', sha256: 'a'.repeat(64) };
/** What ends the wait for anything: people are told of a loss, or cannot be sure. */
const loss = /cut off|may or may not have arrived|no record of this turn/;

/** What is asked and what is answered; `forever` has no answer, it is stopped. */
export const answers = {
  'tidy up': 'Tidy now. See report.txt',
  count: 'Counted.',
  sum: 'Summed up.',
  'push it': 'Pushed.',
  again: 'Again.',
};

interface Stage {
  act(world: CrashWorld): void;
  readonly isOver: RegExp;
  /** What people do once they see that it is on its way. */
  meanwhile?(world: CrashWorld): boolean;
}

/** The second platform, to which notices go, too. */
export const phoneOf = ({ platform, second }: CrashWorld) => second ?? platform;
const isWorking = ({ agent }: CrashWorld, prompt: string) =>
  agent.turns.some((turn) => turn.prompt.includes(prompt) && turn.status === 'inProgress');

function once(isTime: (world: CrashWorld) => boolean, act: (world: CrashWorld) => void): (world: CrashWorld) => boolean {
  let isDone = false;
  return (world) => {
    if (isDone || !isTime(world)) return false;
    act(world);
    isDone = true;
    return true;
  };
}

function stages(): readonly Stage[] {
  const desk = (text: string) => ({ act: ({ platform }: CrashWorld) => void platform.say(text) });
  const phone = (text: string) => ({ act: (world: CrashWorld) => void phoneOf(world).say(text) });
  const files = [{ name: 'a.txt', bytes: Buffer.from('alpha') }];
  return [
    { act: ({ platform }) => void platform.say('tidy up', { files }), isOver: /Tidy now/ },
    { ...desk('/sendfile 1'), isOver: /\[report\.txt\]|no file of that number/ },
    {
      ...desk('count'),
      isOver: /Counted/,
      meanwhile: once(
        (world) => isWorking(world, 'count'),
        ({ platform }) => void platform.say('/steer faster'),
      ),
    },
    {
      ...desk('sum'),
      isOver: /Summed up/,
      meanwhile: once(
        (world) => /kept and not sent again/.test(textOf(world)),
        ({ platform }) => void platform.say('/queue resume'),
      ),
    },
    { ...phone('push it'), isOver: /Pushed/ },
    { act: (world) => void phoneOf(world).say(`/add code ${world.agent.turns[0]?.thread}`), isOver: /`code` is now|No thread/ },
    { ...phone('/use code'), isOver: /now go on in `code`|no alias/ },
    { ...phone('again'), isOver: /Again/ },
    {
      ...desk('forever'),
      isOver: /Stopped|dropped and not sent|Nothing is running/,
      meanwhile: once(
        (world) => isWorking(world, 'forever'),
        ({ platform }) => void platform.say('/stop'),
      ),
    },
  ];
}

/** One long conversation on two channels: files in and out, questions by click and by code, words put in, a limit, an alias, notices, a stop. */
export function longConversation(): CrashScenario {
  let hasMetLimit = false;
  return {
    platform: { id: 'desk', isKeyed: true, hasLive: true, hasActions: true },
    second: { id: 'phone', isKeyed: false, budget: six },
    rules: { notices: { to: { id: asId('phone:private'), channel: asId('phone'), kind: 'private' } } },
    files: {
      ...createOpenFiles(),
      findMade: async ({ paths }) =>
        paths.some((path) => path.includes('report.txt')) ? [{ ...report, path: '/work/app/report.txt' }] : [],
      takeOut: async () => ({ isTaken: true, file: { ...report, path: '/media/out/report.txt' } }),
    },
    script({ prompt }) {
      if (prompt.includes('tidy up')) return [{ ask: 'rm -r dist' }, { say: answers['tidy up'] }];
      if (prompt.includes('push it')) return [{ ask: 'git push' }, { say: answers['push it'] }];
      if (prompt.includes('count')) return [{ wait: true }, { say: answers.count }];
      if (prompt.includes('again')) return [{ say: answers.again }];
      if (prompt.includes('sum') && !hasMetLimit) {
        hasMetLimit = true;
        return [{ fail: { kind: 'usageLimit', message: 'You have hit your usage limit.' } }];
      }
      if (prompt.includes('sum')) return [{ say: answers.sum }];
      // Words that did not get into a run make one of their own.
      return prompt === 'faster' ? [{ say: 'Faster.' }] : [{ wait: true }];
    },
    person: createPerson(),
  };
}

function createPerson(): CrashScenario['person'] {
  const all = stages();
  const answered = new Set<string>();
  let at = -1;
  let since: readonly number[] = [0, 0, 0];
  return (world) => {
    const phone = phoneOf(world);
    for (const { message } of world.platform.shown) {
      const token = message.actions?.find(({ label }) => label === 'Approve')?.token;
      if (token !== undefined && !answered.has(token)) world.platform.press(token);
      if (token !== undefined) answered.add(token);
    }
    for (const { message } of phone.shown)
      for (const [, code = ''] of message.markdown.matchAll(/`\/approve (\w+)` yes/g)) {
        if (!answered.has(code)) phone.say(`/approve ${code}`);
        answered.add(code);
      }
    const stage = all[at];
    stage?.meanwhile?.(world);
    const fresh = placesOf(world)
      .flatMap((texts, place) => texts.slice(since[place]))
      .join('\n');
    if (stage !== undefined && !stage.isOver.test(fresh) && !loss.test(fresh)) return false;
    at += 1;
    since = placesOf(world).map(({ length }) => length);
    all[at]?.act(world);
    return at >= all.length;
  };
}

/** What people can read at the desk, on the phone, and in the ends of views; each grows only. */
export function placesOf({ platform, second }: CrashWorld): readonly (readonly string[])[] {
  const said = [platform, second].map((one) =>
    (one?.shown ?? []).map(({ message }) =>
      [message.markdown, ...(message.files ?? []).map(({ name }) => `[${name}]`)].join(' '),
    ),
  );
  return [...said, platform.views.filter((view) => view.isClosed).map(({ view }) => JSON.stringify(view))];
}

function textOf(world: CrashWorld): string {
  return placesOf(world).flat().join('\n');
}
