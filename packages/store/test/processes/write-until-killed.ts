// Writes step after step and says so on stdout after each write, until it is killed. Arguments: path, first number.
import { writeSync } from 'node:fs';
import { createSqliteStore } from '../../src/index.ts';
import { causes } from '../causes.ts';

const [path = '', first = '0'] = process.argv.slice(2);
const store = await createSqliteStore({ path, holder: 'the child' });
const tell = (verb: string, n: number) => writeSync(1, `${verb} ${n}\n`);

for (let n = Number(first); ; n += 1) {
  const { input, scope, state, effect, channel, cursor } = causes(n);
  await store.accept({ inputs: [input], channel, cursor });
  tell('accepted', n);
  await store.commit({ input: input.id, scope, state, effects: [effect], facts: [], inputs: [], audit: [] });
  tell('committed', n);
  await store.start(effect.key);
  tell('started', n);
  await store.settle(effect.key, { type: 'done' });
  tell('settled', n);
}
