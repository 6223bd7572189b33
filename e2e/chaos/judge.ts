import { type Heard, hear } from './hear.ts';
import type { Ledger, Said, Turn } from './ledger.ts';

export interface Verdict {
  /** Prompts whose whole answer can be read. */
  readonly answered: number;
  /** Those without, of which the person was told that their run was stopped or cut off, that they were not taken, or that nobody knows. */
  readonly told: number;
  /** Neither answered nor told. */
  readonly lost: readonly string[];
  /** Prompts that reached the model in more than one turn, or twice in one. */
  readonly doubledPrompts: readonly string[];
  /** Prompts whose answer can be read in more than one message. */
  readonly doubledReplies: readonly string[];
  /** Answers to prompts that never reached the model: the ledger itself is wrong. */
  readonly unasked: readonly string[];
  /** Words about the end of a run that no run without an answer was left for; each of them could hide one loss. */
  readonly spare: number;
}

type HeardAt = Heard & { readonly at: number };

/**
 * Holds what people can read against what they wrote and what reached the model. The product promises that each prompt reaches the model at
 * most once, and that its answer can be read once, in one message with those of the other prompts of its turn; or else that the person is told,
 * mostly by the first words of what they wrote or of the message in doubt. Pure.
 */
export function judge({ said, seen, turns }: Ledger): Verdict {
  const heard: readonly HeardAt[] = seen.flatMap(({ text, changedAt }) => hear(text).map((one) => ({ ...one, at: changedAt })));
  const answers = countAll(heard.flatMap((one) => (one.type === 'answer' ? [one.tag] : [])));
  const reached = countAll(turns.flatMap(({ tags }) => tags));
  const silent = said.filter(({ tag }) => !answers.has(tag));
  const named = namedOf(heard, silent, turns);
  const untold = silent.filter(({ tag }) => !named.has(tag));
  const counted = countedOff(heard, untold, turns);
  const rest = untold.filter(({ tag }) => !counted.has(tag));
  const { lost, spare } = matchEnds(heard, rest, said, turns);
  return {
    answered: said.length - silent.length,
    told: silent.length - lost.length,
    lost,
    doubledPrompts: twice(reached),
    doubledReplies: twice(answers),
    unasked: [...answers.keys()].filter((tag) => !reached.has(tag)),
    spare,
  };
}

function countAll(tags: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return counts;
}

function twice(counts: ReadonlyMap<string, number>): readonly string[] {
  return Array.from(counts).flatMap(([tag, count]) => (count > 1 ? [tag] : []));
}

/** Prompts told of by their names. A turn has one end: who names one of its prompts tells of all. Of what reached no turn, only the named. */
function namedOf(heard: readonly HeardAt[], silent: readonly Said[], turns: readonly Turn[]): ReadonlySet<string> {
  const told = heard.filter((one) => one.type === 'named');
  const names = new Set(told.flatMap(({ tags }) => tags));
  const shared = turns.filter(({ tags }) => tags.some((tag) => names.has(tag))).flatMap(({ tags }) => tags);
  const isReached = (tag: string) => turns.some(({ tags }) => tags.includes(tag));
  const cut = told.filter(({ isCut }) => isCut).flatMap(({ tags, at }) => behind(tags.at(-1), at, silent, isReached, names));
  const astray = heard.flatMap((one) => (one.type === 'astray' ? one.tags : []));
  return new Set([...names, ...shared, ...cut, ...astray]);
}

/** The prompts that followed the last name in a list that was cut: those after it that reached no turn either and are named nowhere. */
function behind(
  last: string | undefined,
  at: number,
  silent: readonly Said[],
  isReached: (tag: string) => boolean,
  names: ReadonlySet<string>,
): readonly string[] {
  const first = silent.findIndex(({ tag }) => tag === last);
  if (first === -1 || last === undefined || isReached(last)) return [];
  const later = silent.slice(first + 1).filter(({ isSteer }) => !isSteer);
  const stop = later.findIndex((one) => isReached(one.tag) || names.has(one.tag) || one.at > at);
  return later.slice(0, stop === -1 ? later.length : stop).map(({ tag }) => tag);
}

/** Prompts that were dropped or not taken: as many as was said, the newest that were there to be meant and reached no turn. */
function countedOff(heard: readonly HeardAt[], untold: readonly Said[], turns: readonly Turn[]): ReadonlySet<string> {
  const reached = new Set(turns.flatMap(({ tags }) => tags));
  const counted = new Set<string>();
  for (const one of heard) {
    const count = one.type === 'dropped' ? one.count : one.type === 'refused' ? 1 : 0;
    const meant = untold.filter(({ tag, at }) => at <= one.at && !reached.has(tag) && !counted.has(tag));
    if (count > 0) for (const { tag } of meant.slice(-count)) counted.add(tag);
  }
  return counted;
}

/** One nameless end for each run that is left: a turn is one run, prompts in a row that reached none are one. */
function matchEnds(heard: readonly HeardAt[], rest: readonly Said[], said: readonly Said[], turns: readonly Turn[]) {
  const ends = heard
    .filter(({ type }) => type === 'ended')
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
  const lost: string[] = [];
  for (const run of runsOf(rest, said, turns)) {
    const found = ends.findIndex((at) => at >= run.at);
    if (found === -1) lost.push(...run.tags);
    else ends.splice(found, 1);
  }
  const steered = rest.filter(({ tag, isSteer }) => isSteer && !turns.some(({ tags }) => tags.includes(tag)));
  return { lost: [...lost, ...steered.filter((one) => !isInEnded(one, heard)).map(({ tag }) => tag)], spare: ends.length };
}

interface SilentRun {
  readonly at: number;
  readonly tags: readonly string[];
}

function runsOf(rest: readonly Said[], said: readonly Said[], turns: readonly Turn[]): readonly SilentRun[] {
  const left = new Map(rest.map((one) => [one.tag, one]));
  const runs: SilentRun[] = turns.flatMap(({ tags }) => {
    const own = tags.flatMap((tag) => left.get(tag) ?? []);
    for (const { tag } of own) left.delete(tag);
    return own.length === 0 ? [] : [toRun(own)];
  });
  let row: Said[] = [];
  const close = () => {
    if (row.length > 0) runs.push(toRun(row));
    row = [];
  };
  for (const one of said) {
    if (one.isSteer) continue;
    if (left.has(one.tag)) row.push(one);
    else close();
  }
  close();
  return runs.toSorted((a, b) => a.at - b.at);
}

function toRun(prompts: readonly Said[]): SilentRun {
  return { at: Math.min(...prompts.map(({ at }) => at)), tags: prompts.map(({ tag }) => tag) };
}

/** Words that were put into a run and never reached the model: one of the next two runs to end must have ended without its answer. */
function isInEnded({ at }: Said, heard: readonly HeardAt[]): boolean {
  const ends = heard.filter((one) => one.at >= at && (one.type === 'answer' || one.type === 'ended' || one.type === 'named'));
  const moments = [...new Set(ends.map((one) => one.at))].toSorted((a, b) => a - b).slice(0, 2);
  return ends.some((one) => moments.includes(one.at) && one.type !== 'answer');
}
