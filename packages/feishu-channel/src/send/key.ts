import { createHash } from 'node:crypto';

/** The platform's `uuid` (at most 50 characters) for a message of ours: the same for every attempt, also after a restart. */
export function toUuid(key: string, part = ''): string {
  return `tb-${createHash('sha256').update(`${key}\n${part}`).digest('hex').slice(0, 40)}`;
}
