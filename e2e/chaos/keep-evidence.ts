import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Ledger } from './ledger.ts';
import type { Arena } from './open-arena.ts';

/** Puts aside what is needed to find the cause: the profile with its store and logs, and the ledgers. Answers with the place. */
export async function keepEvidence({ store }: Arena, ledgers: readonly Ledger[]): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'threadbridge-evidence-'));
  const profile = dirname(store);
  await cp(profile, join(place, basename(profile)), { recursive: true, filter: (path) => !path.includes('codex-home') });
  await writeFile(join(place, 'ledgers.json'), JSON.stringify(ledgers, null, 1));
  return place;
}
