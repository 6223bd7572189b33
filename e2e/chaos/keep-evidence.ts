import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Arena } from './open-arena.ts';

/** Puts aside what, beside the ledgers, is needed to find the cause: the profile with its store and logs. Answers with the place. */
export async function keepEvidence({ store }: Arena): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'threadbridge-evidence-'));
  const profile = dirname(store);
  await cp(profile, join(place, basename(profile)), { recursive: true, filter: (path) => !path.includes('codex-home') });
  return place;
}
