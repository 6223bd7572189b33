import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** What is read of the report of `pnpm chaos` or `pnpm soak`. */
interface Play {
  readonly commit: string;
  readonly startedAt: number;
  readonly minutes: number;
  readonly kills: number;
  readonly lost: number;
  readonly doubledPrompts: number;
  readonly doubledReplies: number;
  /** How memory and handles went over the second half; absent where the play was too short for it. */
  readonly courses?: readonly { readonly name: string; readonly level: number; readonly rise: number }[];
}

/** Hours of kills and of talk do not fit into a bench: what their last runs on this machine found is read from their reports. */
export async function readPlays(folder = join(import.meta.dirname, '../reports')): Promise<readonly Figure[]> {
  const [chaos, soak] = await Promise.all(['chaos', 'soak'].map((what) => readPlay(join(folder, `${what}.json`))));
  return [...(chaos === undefined ? [] : killed(chaos)), ...(soak === undefined ? [] : grown(soak))];
}

function killed({ kills, lost, doubledPrompts, doubledReplies, ...play }: Play): readonly Figure[] {
  const none = (what: string, value: number): Figure => ({
    name: `kills: ${what}`,
    line: 'kills',
    ...{ value, unit: '', target: { atMost: 0 } },
  });
  return [
    {
      name: 'kills: kill -9 in the last `pnpm chaos`',
      line: 'kills',
      value: kills,
      unit: seen(play),
      target: { atLeast: 1_000 },
    },
    none('prompts lost', lost),
    none('prompts started twice', doubledPrompts),
    none('replies given twice', doubledReplies),
  ];
}

/** By the line of best fit over the second half, the first is for caches and pools to fill. */
function grown({ courses = [], ...play }: Play): readonly Figure[] {
  return courses.map(({ name, level, rise }) => ({
    name: `soak: ${name}, at the end of ${Math.round(play.minutes)} minutes against the middle`,
    line: 'memory',
    value: Math.round((level + rise / 2) * 10) / 10,
    unit: seen(play),
    ratio: Math.round(((level + rise / 2) / (level - rise / 2)) * 100) / 100,
    target: { of: 'ratio', atMost: 1.1 },
  }));
}

const seen = ({ commit, startedAt }: Pick<Play, 'commit' | 'startedAt'>) =>
  `(${new Date(startedAt).toISOString().slice(0, 10)}, ${commit})`;

async function readPlay(path: string): Promise<Play | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Play);
}
