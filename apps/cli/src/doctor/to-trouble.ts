import type { Told } from '../texts/errors.ts';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';

/** An error as a finding tells it: what failed, and apart from it what helps. Pure. */
export function toTrouble({ code, message, remedy }: Told, { errors }: Texts): Pick<Finding, 'text' | 'remedy'> {
  const text = errors.explain({ message, ...(code !== undefined && { code }) });
  return { text, ...(remedy !== undefined && { remedy: errors.remedy(remedy) }) };
}
