import type { RunnerHealth } from '@threadbridge/contract';
import { loginRemedy } from '@threadbridge/gateway';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';
import { toTrouble } from './to-trouble.ts';

/** What the runner knows of itself, as findings. Pure. */
export function examineCodex(health: RunnerHealth, profile: string, texts: Texts): readonly Finding[] {
  const { doctor } = texts;
  const about = (...codes: readonly string[]) => health.problems.find(({ code }) => codes.includes(code));
  const trouble = (problem: RunnerHealth['problems'][number] | undefined, text: string): Trouble =>
    problem === undefined ? { text } : toTrouble(problem, texts);
  const isUp = health.version !== undefined || health.home !== undefined;
  const described = doctor.codex(health);
  if (!isUp) return [{ name: 'codex', state: 'fail', ...trouble(health.problems[0], doctor.codexDown) }];
  const version = about('codex.version');
  const notes = health.problems.filter(({ code }) => code === 'codex.config');
  return [
    version === undefined
      ? { name: 'codex', state: 'ok', text: described }
      : { name: 'codex', state: 'warn', ...trouble(version, described) },
    ...notes.map(({ message }): Finding => ({ name: 'codex', state: 'warn', text: message })),
    login(
      health,
      trouble(about('runner.unauthorized', 'codex.login'), ''),
      texts.errors.remedy(loginRemedy('codex', profile)),
      texts,
    ),
    sandbox(health, trouble(about('codex.sandbox'), ''), texts),
  ];
}

type Trouble = Pick<Finding, 'text' | 'remedy'>;

function login(health: RunnerHealth, { text, remedy }: Trouble, logIn: string, { doctor }: Texts): Finding {
  switch (health.login) {
    case 'ok':
      return { name: 'login', state: 'ok', text: doctor.loggedIn };
    case 'notNeeded':
      return { name: 'login', state: 'ok', text: doctor.loginNotNeeded };
    case 'missing':
      return { name: 'login', state: 'fail', text: text || doctor.notLoggedIn, remedy: logIn };
    case 'unknown':
      return {
        name: 'login',
        state: 'unknown',
        text: text || doctor.loginUnknown,
        ...(remedy !== undefined && { remedy }),
      };
  }
}

function sandbox(health: RunnerHealth, { text, remedy }: Trouble, { doctor }: Texts): Finding {
  switch (health.sandbox) {
    case 'ok':
      return { name: 'sandbox', state: 'ok', text: doctor.sandboxOk };
    case 'broken':
      return {
        name: 'sandbox',
        state: 'fail',
        text: text || doctor.sandboxBroken,
        ...(remedy !== undefined && { remedy }),
      };
    case 'unknown':
      return {
        name: 'sandbox',
        state: 'unknown',
        text: text || doctor.sandboxUnknown,
        ...(remedy !== undefined && { remedy }),
      };
  }
}
