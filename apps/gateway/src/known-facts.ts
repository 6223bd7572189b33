import { existsSync } from 'node:fs';
import { type Facts, factsFrom, noFacts } from '@threadbridge/core';
import { openSqliteAudit } from '@threadbridge/store';

/** What the store of a profile knows of people and groups; nothing where there is no store yet. Works beside a running gateway. */
export async function knownFacts(path: string): Promise<Facts> {
  if (!existsSync(path)) return noFacts;
  await using store = await openSqliteAudit({ path });
  return factsFrom(await store.loadFacts());
}
