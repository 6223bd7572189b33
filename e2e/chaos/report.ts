import { coursesOf, type Weight } from './growth.ts';
import { judge } from './judge.ts';
import type { Ledger } from './ledger.ts';

/** What is told of a run, and what must not be. */
export interface Report {
  readonly lines: readonly string[];
  readonly mistakes: readonly string[];
}

export function reportLedger(ledger: Ledger): Report {
  const { name, said, seen, turns } = ledger;
  const { answered, told, lost, doubledPrompts, doubledReplies, unasked, spare } = judge(ledger);
  const bad = { lost, 'started twice': doubledPrompts, 'answered twice': doubledReplies, 'answered unasked': unasked };
  const counts = Object.entries(bad).map(([label, tags]) => `${tags.length} ${label}`);
  return {
    lines: [
      `${name}: ${said.length} prompts in ${turns.length} turns, ${answered} answered, ${told} told as stopped, cut off, not taken or in doubt, ${counts.join(', ')}; ${seen.length} messages read, ${spare} of them about an end that was not looked for`,
    ],
    mistakes: Object.entries(bad).flatMap(([label, tags]) => (tags.length === 0 ? [] : [`${name}: ${label}: ${tags.join(' ')}`])),
  };
}

export function reportCourses(weights: readonly Weight[]): Report {
  const courses = coursesOf(weights);
  if (courses === undefined) return { lines: [`weighed ${weights.length} times: too little to see growth`], mistakes: [] };
  const text = ({ name, level, rise, perHour }: (typeof courses)[number]) =>
    `${name}: ${level.toFixed(1)} in the second half, ${signed(rise)} over it (${signed(perHour)} an hour)`;
  return {
    lines: [`weighed ${weights.length} times`, ...courses.map(text)],
    mistakes: courses.filter(({ hasGrown }) => hasGrown).map((course) => `grew: ${text(course)}`),
  };
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}
