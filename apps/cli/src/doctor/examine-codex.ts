import type { RunnerHealth } from '@threadbridge/contract';
import type { Finding } from './finding.ts';

/** What the runner knows of itself, as findings. Pure. */
export function examineCodex(health: RunnerHealth): readonly Finding[] {
  const about = (...codes: readonly string[]) => health.problems.find(({ code }) => codes.includes(code));
  const trouble = (problem: RunnerHealth['problems'][number] | undefined, text: string) => ({
    text: problem?.message ?? text,
    ...(problem?.remedy !== undefined && { remedy: problem.remedy }),
  });
  const isUp = health.version !== undefined || health.home !== undefined;
  const described = `Codex ${health.version ?? 'of unknown version'}${health.home === undefined ? '' : `, home ${health.home}`}`;
  if (!isUp) return [{ name: 'codex', state: 'fail', ...trouble(health.problems[0], 'Codex does not start.') }];
  const version = about('codex.version');
  const notes = health.problems.filter(({ code }) => code === 'codex.config');
  return [
    version === undefined
      ? { name: 'codex', state: 'ok', text: described }
      : { name: 'codex', state: 'warn', ...trouble(version, described) },
    ...notes.map(({ message }): Finding => ({ name: 'codex', state: 'warn', text: message })),
    login(health, trouble(about('runner.unauthorized', 'codex.login'), '')),
    sandbox(health, trouble(about('codex.sandbox'), '')),
  ];
}

type Trouble = Pick<Finding, 'text' | 'remedy'>;

function login(health: RunnerHealth, { text, remedy }: Trouble): Finding {
  switch (health.login) {
    case 'ok':
      return { name: 'login', state: 'ok', text: 'Codex is logged in.' };
    case 'notNeeded':
      return { name: 'login', state: 'ok', text: 'The model provider needs no login.' };
    case 'missing':
      return {
        name: 'login',
        state: 'fail',
        text: text || 'Codex is not logged in.',
        remedy: 'Log in: threadbridge login codex',
      };
    case 'unknown':
      return {
        name: 'login',
        state: 'unknown',
        text: text || 'The login could not be read.',
        ...(remedy !== undefined && { remedy }),
      };
  }
}

function sandbox(health: RunnerHealth, { text, remedy }: Trouble): Finding {
  switch (health.sandbox) {
    case 'ok':
      return { name: 'sandbox', state: 'ok', text: 'Sandboxed commands run.' };
    case 'broken':
      return {
        name: 'sandbox',
        state: 'fail',
        text: text || 'Sandboxed commands fail.',
        ...(remedy !== undefined && { remedy }),
      };
    case 'unknown':
      return {
        name: 'sandbox',
        state: 'unknown',
        text: text || 'Whether sandboxed commands run could not be seen.',
        ...(remedy !== undefined && { remedy }),
      };
  }
}
