import { createDice, type Dice } from './dice.ts';
import { chooseFault, type Fault } from './faults.ts';

/** What somebody does with the phone. */
export type Act = 'prompt' | 'steer' | 'status' | 'queue' | 'stop' | 'new' | 'answer';

/** One thing that happens, after a pause. Its dice are its own: however often they are thrown, the next doings stay the same. */
export type Doing = { readonly pauseMs: number; readonly dice: Dice } & (
  | { readonly type: 'fault'; readonly fault: Fault }
  | { readonly type: 'act'; readonly act: Act; readonly person: 0 | 1 }
);

export interface PlanOptions {
  readonly seed: number;
  readonly faults: readonly Fault[];
  /** The longest pause before a doing, ms. */
  readonly paceMs: number;
  /** How likely each doing is a fault. */
  readonly faultShare: number;
}

const shares: readonly (readonly [Act, number])[] = [
  ['prompt', 0.5],
  ['steer', 0.1],
  ['status', 0.07],
  ['queue', 0.04],
  ['stop', 0.03],
  ['new', 0.02],
  ['answer', 1],
];

/** Everything that will happen, without end; the same for the same seed. */
export function* planOf({ seed, faults, paceMs, faultShare }: PlanOptions): Generator<Doing, never> {
  const dice = createDice(seed);
  for (;;) {
    const own = { pauseMs: dice.between(0, paceMs), dice: createDice(dice.between(0, 2 ** 32 - 1)) };
    const fault = dice.next() < faultShare ? chooseFault(faults, dice) : undefined;
    const [person, chance] = [dice.pick([0, 1] as const), dice.next()];
    yield fault === undefined ? { ...own, type: 'act', act: actAt(chance), person } : { ...own, type: 'fault', fault };
  }
}

function actAt(chance: number): Act {
  let left = chance;
  return (
    shares.find(([, share]) => {
      left -= share;
      return left < 0;
    })?.[0] ?? 'answer'
  );
}
