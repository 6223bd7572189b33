import { setTimeout as delay } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import { chooseFault, type Fault } from './faults.ts';
import type { Arena } from './open-arena.ts';
import { weigh } from './open-arena.ts';
import type { Person } from './people.ts';

/** What the gateway weighed at a moment. */
export interface Weight {
  readonly at: number;
  readonly rssBytes: number;
  readonly handles: number;
}

export interface Played {
  readonly kills: number;
  readonly strikes: ReadonlyMap<string, number>;
  readonly weights: readonly Weight[];
}

export interface PlayOptions {
  readonly arena: Arena;
  readonly people: readonly [Person, Person];
  readonly dice: Dice;
  readonly faults: readonly Fault[];
  /** Ends after so many kills, or at this moment, epoch ms. */
  readonly until: { readonly kills: number } | { readonly at: number };
  /** The longest pause between two doings, ms. */
  readonly paceMs: number;
  /** How likely each doing is a fault. */
  readonly faultShare: number;
  readonly onProgress: (line: string) => void;
}

/** People write and answer while things go wrong. */
export async function play(options: PlayOptions): Promise<Played> {
  const { arena, people, dice, faults, until, paceMs, faultShare, onProgress } = options;
  const strikes = new Map<string, number>();
  const weights: Weight[] = [];
  let kills = 0;
  let doings = 0;
  const isOver = () => ('kills' in until ? kills >= until.kills : Date.now() >= until.at);
  while (!isOver()) {
    await delay(dice.between(0, paceMs));
    doings += 1;
    const fault = dice.next() < faultShare ? chooseFault(faults, dice) : undefined;
    if (fault !== undefined) {
      await fault.strike(arena, dice);
      strikes.set(fault.name, (strikes.get(fault.name) ?? 0) + 1);
      if (fault.isKill) kills += 1;
      // Mostly a crash in the middle of work; sometimes one while it is still getting up.
      if (fault.isKill && dice.next() < 0.8) await arena.isUp();
    } else await act(dice.pick(people), dice);
    if (doings % 20 === 0) {
      const weight = arena.gatewayPid === undefined ? undefined : await weigh(arena.gatewayPid);
      if (weight !== undefined) weights.push({ at: Date.now(), ...weight });
      const written = people.reduce((sum, { said }) => sum + said.length, 0);
      if (doings % 200 === 0) onProgress(`${kills} kills, ${written} prompts`);
    }
  }
  return { kills, strikes, weights };
}

async function act(person: Person, dice: Dice): Promise<void> {
  const chance = dice.next();
  if (chance < 0.5) person.prompt();
  else if (chance < 0.6) person.steer();
  else if (chance < 0.68) person.write('/status');
  else if (chance < 0.72) person.write('/queue');
  else if (chance < 0.75) person.write('/stop');
  else await person.answer();
}
