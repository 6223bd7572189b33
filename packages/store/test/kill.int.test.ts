import Client from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { causes } from './causes.ts';
import { runChild } from './child.ts';
import { canRunSqlite, openPlace } from './sqlite-place.ts';

const kills = 8;

interface Counted {
  readonly accepted: number;
  readonly committed: number;
  readonly started: number;
  readonly settled: number;
  readonly effects: number;
  readonly cursor: string | null;
  readonly runs: number;
}

/** What is in the file, seen past the store. */
function count(path: string): Counted {
  const client = new Client(path, { readonly: true });
  try {
    return client
      .prepare<[], Counted>(
        `select (select count(*) from inbox) as accepted,
                (select count(*) from inbox where handled_at is not null) as committed,
                (select count(*) from effects where started_at is not null) as started,
                (select count(*) from effects where settled_at is not null and status = 'done') as settled,
                (select count(*) from effects) as effects,
                (select cursor ->> '$' from cursors) as cursor,
                coalesce((select state ->> 'runs' from scopes), 0) as runs`,
      )
      .get() as Counted;
  } finally {
    client.close();
  }
}

it.skipIf(!canRunSqlite)(
  'has every acknowledged write after kill -9 at any moment, each whole, and lets the next process in at once',
  async () => {
    await using place = await openPlace();
    const { path } = place;
    let first = 1;
    for (let round = 0; round < kills; round += 1) {
      await using child = runChild('write-until-killed', path, String(first));
      const said = { accepted: first - 1, committed: first - 1, started: first - 1, settled: first - 1 };
      const hear = (line: string) => {
        const [verb, n] = line.split(' ');
        said[verb as keyof typeof said] = Number(n);
      };
      for (let words = 4 * round + 1; words > 0; words -= 1) hear(await child.line());
      for (const line of await child.kill()) hear(line);

      // The holder is dead, so no waiting; whoever opened it first must see what was promised.
      const store = await createSqliteStore({ path });
      expect(await store.checkIntegrity()).toEqual([]);
      const found = count(path);
      // At most the one write that was under way is there without having been acknowledged.
      const unsaid = (['accepted', 'committed', 'started', 'settled'] as const).map((verb) => found[verb] - said[verb]);
      expect(unsaid.filter((n) => n !== 0)).toSatisfy(
        (rest: readonly number[]) => rest.every((n) => n === 1) && rest.length <= 1,
      );
      // What is written together is there together.
      expect(found.cursor).toBe(String(found.accepted));
      expect(found.effects).toBe(found.committed);
      expect(found.runs).toBe(found.committed);

      // Ends what the dead one left in the middle, so that the next round starts even.
      const waiting = await store.nextInput();
      const open = await store.openEffects();
      expect((waiting === undefined ? 0 : 1) + open.length).toBeLessThanOrEqual(1);
      if (waiting !== undefined) {
        const { scope, state, effect } = causes(found.accepted);
        await store.commit({ input: waiting.id, scope, state, effects: [effect], facts: [], inputs: [], audit: [] });
      }
      for (const effect of await store.openEffects()) {
        await store.start(effect.key);
        await store.settle(effect.key, { type: 'done' });
      }
      first = found.accepted + 1;
      await store[Symbol.asyncDispose]();
    }
  },
  60_000,
);
