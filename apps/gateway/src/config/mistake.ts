import { GatewayError } from '@threadbridge/contract';
import type { Position } from './jsonc.ts';

/** One thing that is wrong in a configuration. */
export interface Mistake {
  /** Where it comes from, for people: a file, a variable, the command line. Absent: the file that is being read. */
  readonly source?: string;
  readonly position?: Position;
  readonly path: readonly PropertyKey[];
  /** What was found, what is allowed. Holds no secret. */
  readonly text: string;
}

/** All mistakes of a configuration as one `config.invalid`, a line each. */
export function invalidConfig(mistakes: readonly Mistake[], file: string): GatewayError {
  const lines = mistakes.map((mistake) => describe(mistake, file));
  if (lines.length === 1)
    return new GatewayError('config.invalid', `${lines[0]}`, {
      remedy: 'Mend it and try again; nothing was done.',
      certain: true,
    });
  const message = `The configuration has ${lines.length} mistakes; nothing was done.\n${lines.join('\n')}`;
  return new GatewayError('config.invalid', message, { certain: true });
}

/** A path as people write it: `profiles.default.codex.home`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`))
    .join('');
}

function describe(mistake: Mistake, file: string): string {
  const place = mistake.position === undefined ? '' : `:${mistake.position.line}:${mistake.position.column}`;
  const path = pathText(mistake.path);
  return `${mistake.source ?? file}${place}: ${path === '' ? '' : `${path}: `}${mistake.text}.`;
}
