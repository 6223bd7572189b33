// Writes the database that later versions must be able to read: `node test/saved-version.ts`, once per schema step that is released.
import { fileURLToPath } from 'node:url';
import type { ChannelId, Cursor, EffectKey } from '@threadbridge/contract';
import { createSqliteStore } from '../src/index.ts';
import { causes } from './causes.ts';

/** What version 1 holds: two handled messages, one waiting, one effect of each kind of progress, one fact, a cursor. */
export async function writeVersion1(path: string): Promise<void> {
  await using store = await createSqliteStore({ path });
  const [first, second, third] = [causes(1), causes(2), causes(3)];
  const inputs = [first.input, second.input, third.input];
  await store.accept({ inputs, channel: 'chat' as ChannelId, cursor: '3' as Cursor });
  const extra = { ...first.effect, key: `${first.input.id}:1` as EffectKey };
  await store.commit({ ...first, input: first.input.id, effects: [first.effect, extra], facts: [], inputs: [], audit: [] });
  await store.start(first.effect.key);
  await store.settle(first.effect.key, { type: 'done' });
  await store.settle(extra.key, { type: 'retry', at: 1_700_000_009_000, code: 'channel.unreachable' });
  const fact = {
    kind: 'alias',
    name: 'code',
    thread: 't1',
    workspace: '/work',
    title: 'Code',
    addedBy: 'chat:ann',
    addedAt: 1,
  } as never;
  await store.commit({
    ...second,
    input: second.input.id,
    effects: [second.effect],
    facts: [{ type: 'put', fact }],
    inputs: [],
    audit: [],
  });
  await store.start(second.effect.key);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeVersion1(fileURLToPath(new URL('./__fixtures__/version-1.db', import.meta.url)));
}
