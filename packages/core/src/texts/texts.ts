import { access } from './subjects/access.ts';
import { approvals } from './subjects/approvals.ts';
import { buttons } from './subjects/buttons.ts';
import { commands } from './subjects/commands.ts';
import { delivery } from './subjects/delivery.ts';
import { elsewhere } from './subjects/elsewhere.ts';
import { files } from './subjects/files.ts';
import { held } from './subjects/held.ts';
import { host } from './subjects/host.ts';
import { queue } from './subjects/queue.ts';
import { runs } from './subjects/runs.ts';
import { settings } from './subjects/settings.ts';
import { steering } from './subjects/steering.ts';
import { threads } from './subjects/threads.ts';
import type { Translated } from './translated.ts';
import { visible } from './visible.ts';

/** Each subject of which the bridge speaks, in both languages. A new one is one file and one line; no two name a text alike. */
export const subjects = [
  access,
  approvals,
  buttons,
  commands,
  delivery,
  elsewhere,
  files,
  held,
  host,
  queue,
  runs,
  settings,
  steering,
  threads,
] as const;

type English = (typeof subjects)[number]['en'];
type Both<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never;

/** Everything the bridge says by itself. Each entry takes values and returns Markdown. */
export type Texts = Translated<Both<English>>;

const catalogues: Readonly<Record<'en' | 'zh', Texts>> = { en: inLanguage('en'), zh: inLanguage('zh') };

/** What the bridge says, in one language. Nothing in what a text is given can hide or turn round what is read. */
export function textsIn(language: 'en' | 'zh'): Texts {
  return catalogues[language];
}

function inLanguage(language: 'en' | 'zh'): Texts {
  const entries = subjects.flatMap((subject) =>
    Object.entries(subject[language]).map(([name, say]) => [
      name,
      (given?: object) => (say as (p?: object) => string)(shown(given)),
    ]),
  );
  return Object.fromEntries(entries) as Texts;
}

function shown(given: object | undefined): object | undefined {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === 'string' ? visible(value) : value]),
  );
}
