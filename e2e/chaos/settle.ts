import { setTimeout as delay } from 'node:timers/promises';
import { createDice } from './dice.ts';
import type { Arena } from './open-arena.ts';
import type { Person } from './people.ts';

/** Nothing goes wrong any more; people answer what is open and look until nothing waits. Tells who did not come to rest within the bound. */
export async function settle({ gateway }: Arena, people: readonly Person[], boundMs: number): Promise<readonly Person[]> {
  await gateway.isUp();
  const dice = createDice(1);
  const deadline = Date.now() + boundMs;
  const restless = new Set(people);
  /** Rounds in a row in which nothing waited: the answer to an earlier look may have come late. */
  const calm = new Map<Person, number>();
  while (restless.size > 0 && Date.now() < deadline) {
    for (const person of restless) {
      await person.answer(dice);
      const before = person.seen().length;
      person.write('/status');
      person.write('/queue');
      await delay(1_500);
      const said = person
        .seen()
        .slice(before)
        .map(({ text }) => text)
        .join('\n');
      const isCalm = /Idle/.test(said) && /Waiting messages: 0/.test(said) && !/held back|more wait/.test(said);
      calm.set(person, isCalm ? (calm.get(person) ?? 0) + 1 : 0);
      if (calm.get(person) === 2) restless.delete(person);
    }
  }
  return [...restless];
}
