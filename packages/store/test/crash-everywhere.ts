import {
  type CrashDisk,
  type CrashOutcome,
  type CrashPoint,
  type CrashScenario,
  playWithCrash,
} from '@threadbridge/core/testing';

/**
 * Plays a scenario without a crash, then with one before and one after each of its writes; where people were told of a doubt, also with a
 * second one in the middle of telling. Answers with the quiet one and with what is wrong with the others.
 */
export async function crashEverywhere(
  openDisk: () => Promise<CrashDisk>,
  toScenario: () => CrashScenario,
  judge: (outcome: CrashOutcome) => readonly string[],
): Promise<{ readonly calm: CrashOutcome; readonly complaints: readonly string[] }> {
  const complaints: string[] = [];
  const play = async (...points: readonly CrashPoint[]): Promise<CrashOutcome> => {
    const disk = await openDisk();
    try {
      const outcome = await playWithCrash(disk, withLastWord(toScenario()), points);
      const place = points.map(({ when, write }) => `${when} write ${write}`).join(', ') || 'without a crash';
      const missed = outcome.crashes === points.length ? [] : [`died ${outcome.crashes} times`];
      complaints.push(...[...missed, ...untold(outcome), ...judge(outcome)].map((complaint) => `${place}: ${complaint}`));
      return outcome;
    } finally {
      await disk.close();
    }
  };
  const calm = await play();
  for (let write = 1; write <= calm.writes; write += 1) {
    for (const when of ['before', 'after'] as const) {
      const { notices } = await play({ write, when });
      for (const notice of notices.filter((at) => at > write)) await play({ write, when }, { write: notice, when: 'after' });
    }
  }
  return { calm, complaints };
}

/** How `/whoami` is answered. */
const lastWord = 'You are';

/** Whoever hears nothing for long asks, and everybody writes once more in the end: what could not be told before is told then. */
function withLastWord(scenario: CrashScenario): CrashScenario {
  let heard = 0;
  let looks = 0;
  let since: readonly number[] | undefined;
  return {
    ...scenario,
    person(world) {
      const platforms = [world.platform, world.second].filter((one) => one !== undefined);
      const ask = () => platforms.map((platform) => platform.say('/whoami'));
      const shown = platforms.map((platform) => platform.shown.length);
      const sum = shown.reduce((all, one) => all + one, 0);
      looks = sum === heard ? looks + 1 : 0;
      heard = sum;
      if (looks % 60 === 59) ask();
      if (since === undefined) {
        if (!scenario.person(world)) return false;
        since = shown;
        ask();
      }
      return platforms.every((platform, index) =>
        platform.shown.slice(since?.[index]).some(({ message }) => message.markdown.includes(lastWord)),
      );
    },
  };
}

/** Every message of which nobody knows whether it arrived is told of in its chat, by its beginning. */
function untold({ world, doubts }: CrashOutcome): readonly string[] {
  // Nobody writes after the last word.
  const wanted = doubts.filter(({ message }) => !message.markdown.startsWith(lastWord));
  return wanted.flatMap(({ scope, message }) => {
    const platform = [world.platform, world.second].find((one) => one?.id === scope.channel);
    const told = (platform?.shown ?? []).filter(({ message }) => message.markdown.includes('may or may not have arrived'));
    const named = message.markdown === '' ? (message.files?.[0]?.name ?? '') : beginningOf(message.markdown);
    return told.some(({ message }) => message.markdown.includes(`It began: “${named}`))
      ? []
      : [`nobody was told about “${named}”`];
  });
}

function beginningOf(markdown: string): string {
  return Array.from(markdown.replaceAll(/\s+/g, ' ').trim()).slice(0, 80).join('');
}
