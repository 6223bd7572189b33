// Writes a database as the current version does, for later versions to open: `node test/saved-version.ts 2` makes
// `__fixtures__/version-2.db`. Once for each schema step that is released; a saved database is never written again.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ChannelId, Cursor, EffectKey } from '@threadbridge/contract';
import type { Fact } from '@threadbridge/core';
import { createSqliteStore } from '../src/index.ts';
import { causes } from './causes.ts';

/** What a saved database holds: two handled messages, one waiting, one effect of each kind of progress, one fact, a cursor, two audit records. */
export async function writeVersion(path: string): Promise<void> {
  if (existsSync(path)) throw new Error(`${path} is saved already.`);
  await using store = await createSqliteStore({ path });
  const [first, second, third] = [causes(1), causes(2), causes(3)];
  const inputs = [first.input, second.input, third.input];
  const audit = [{ at: 1, kind: 'run', scope: first.scope.id, outcome: 'planned', detail: { run: 1 } }] as const;
  await store.accept({ inputs, channel: 'chat' as ChannelId, cursor: '3' as Cursor });
  const extra = { ...first.effect, key: `${first.input.id}:1` as EffectKey };
  await store.commit({ ...first, input: first.input.id, effects: [first.effect, extra], facts: [], inputs: [], audit });
  await store.start(first.effect.key);
  await store.settle(first.effect.key, { type: 'done' });
  await store.settle(extra.key, { type: 'retry', at: 1_700_000_009_000, code: 'channel.unreachable' });
  const alias = { kind: 'alias', name: 'code', thread: 't1', workspace: '/work', title: 'Code', addedBy: 'chat:ann', addedAt: 1 };
  const facts = [{ type: 'put', fact: alias as Fact }] as const;
  await store.commit({ ...second, input: second.input.id, effects: [second.effect], facts, inputs: [], audit });
  await store.start(second.effect.key);
}

const [program, version] = process.argv.slice(1);
if (program === fileURLToPath(import.meta.url)) {
  await writeVersion(fileURLToPath(new URL(`./__fixtures__/version-${Number(version)}.db`, import.meta.url)));
}
