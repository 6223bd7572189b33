import { accounts } from './accounts.ts';
import { backup } from './backup.ts';
import { config } from './config.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { errors } from './errors.ts';
import { firstRun } from './first-run.ts';
import { inspect } from './inspect.ts';
import { program } from './program.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { tasks } from './tasks.ts';
import { terminal } from './terminal.ts';

/** Each subject of which the command line speaks, in both languages. A new one is one file and one line. */
const subjects = {
  accounts,
  backup,
  config,
  demo,
  doctor,
  errors,
  firstRun,
  inspect,
  program,
  secret,
  service,
  start,
  status,
  tasks,
  terminal,
};

export type Language = 'en' | 'zh';
type Subject = keyof typeof subjects;

/** Everything the command line says. Values are put in as they are: who prints removes what would act on a terminal. */
export type Texts = { readonly [Name in Subject]: (typeof subjects)[Name]['en'] };

const catalogues: Readonly<Record<Language, Texts>> = { en: inLanguage('en'), zh: inLanguage('zh') };

export function textsIn(language: Language): Texts {
  return catalogues[language];
}

function inLanguage(language: Language): Texts {
  return Object.fromEntries(Object.entries(subjects).map(([name, subject]) => [name, subject[language]])) as Texts;
}
