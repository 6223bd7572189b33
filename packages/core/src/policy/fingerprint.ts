import { createHash } from 'node:crypto';
import type { Fingerprint, JsonObject } from '@threadbridge/contract';

/** Hash over everything that must be equal to continue a thread. The order of the fields does not matter. */
export function fingerprint(parts: JsonObject): Fingerprint {
  const sorted = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 32) as Fingerprint;
}
