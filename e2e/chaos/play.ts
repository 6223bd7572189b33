import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import type { Weight } from './growth.ts';
import type { Arena } from './open-arena.ts';
import type { Person } from './people.ts';
import { type Doing, planOf } from './plan.ts';

export interface Played {
  readonly kills: number;
  readonly strikes: ReadonlyMap<string, number>;
  readonly weights: readonly Weight[];
  /** Why it could not go on. */
  readonly failure?: string;
}

export interface PlayOptions {
  readonly arena: Arena;
  readonly people: readonly [Person, Person];
  readonly seed: number;
  readonly faults: readonly Fault[];
  /** Ends after so many kills, or at this moment, epoch ms. */
  readonly until: { readonly kills: number } | { readonly at: number };
  /** Ends it early. */
  readonly signal: AbortSignal;
  /** The longest pause between two doings, ms. */
  readonly paceMs: number;
  /** How likely each doing is a fault. */
  readonly faultShare: number;
  readonly onProgress: (line: string) => void;
}

/** So often the gateway is weighed, in doings. */
const weighedEvery = 15;

/** People write and answer while things go wrong. */
export async function play(options: PlayOptions): Promise<Played> {
  const { arena, people, until, signal, onProgress } = options;
  const strikes = new Map<string, number>();
  const weights: Weight[] = [];
  let kills = 0;
  let doings = 0;
  const isOver = () => signal.aborted || ('kills' in until ? kills >= until.kills : Date.now() >= until.at);
  const happen = async (doing: Doing) => {
    await delay(doing.pauseMs);
    doings += 1;
    if (doing.type === 'act') await act(people[doing.person], doing);
    else if (await doing.fault.strike(arena, doing.dice)) {
      strikes.set(doing.fault.name, (strikes.get(doing.fault.name) ?? 0) + 1);
      if (doing.fault.isKill) kills += 1;
      // Mostly a crash in the middle of work; sometimes one while it is still getting up.
      if (doing.fault.isKill && doing.dice.next() < 0.8) await arena.gateway.isUp();
    }
    if (doings % weighedEvery === 0 && 'at' in until) {
      const weight = await arena.gateway.weigh();
      if (weight !== undefined) weights.push(weight);
    }
    if (doings % 200 === 0) {
      const written = people.reduce((sum, { said }) => sum + said.length, 0);
      onProgress(`${kills} kills, ${written} prompts`);
    }
  };
  const last: string[] = [];
  try {
    for (const doing of planOf(options)) {
      if (isOver()) break;
      last.push(`${new Date().toISOString()} ${doing.type === 'fault' ? doing.fault.name : doing.act}`);
      await happen(doing);
    }
  } catch (error) {
    return { kills, strikes, weights, failure: `${error}; last happened:\n${last.slice(-12).join('\n')}` };
  } finally {
    await arena.disk?.isWell();
  }
  return { kills, strikes, weights };
}

async function act(person: Person, { act: what, dice }: Extract<Doing, { readonly type: 'act' }>): Promise<void> {
  switch (what) {
    case 'prompt':
      return person.prompt(dice);
    case 'steer':
      return person.steer();
    case 'answer':
      return person.answer(dice);
    case 'status':
    case 'queue':
    case 'stop':
    case 'new':
      return person.write(`/${what}`);
  }
}
