import { hear } from './hear.ts';
import type { Ledger, Said, Turn } from './ledger.ts';
import { type HeardAt, lateMs, type SilentRun, silentRuns } from './silent-runs.ts';

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

/**
 * Holds what people can read against what they wrote and what reached the model. The product promises that each prompt reaches the model at
 * most once, and that its answer can be read once, in one message with those of the other prompts of its turn; or else that the person is told,
 * mostly by the first words of what they wrote or of the message in doubt. Pure.
 */
export function judge({ said, seen, turns }: Ledger): Verdict {
  const heard = withoutTwins(seen.flatMap(({ text, changedAt }) => hear(text).map((one) => ({ ...one, at: changedAt }))));
  const answers = countAll(heard.flatMap((one) => (one.type === 'answer' ? [one.tag] : [])));
  const reached = countAll(turns.flatMap(({ tags }) => tags));
  const silent = said.filter(({ tag }) => !answers.has(tag));
  const named = namedOf(heard, silent, turns);
  const rest = silent.filter(({ tag }) => !named.has(tag));
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

/** A nameless end that came and was in doubt as well is one. */
function withoutTwins(heard: readonly HeardAt[]): readonly HeardAt[] {
  const paired = new Set<HeardAt>();
  return heard.filter((one) => {
    if (one.type !== 'ended' || one.isInDoubt === undefined) return true;
    const isTwin = (other: HeardAt) =>
      other.type === 'ended' && !paired.has(other) && !other.isInDoubt && one.at - other.at < 2 * lateMs;
    const twin = heard.slice(0, heard.indexOf(one)).findLast(isTwin);
    if (twin !== undefined) paired.add(twin);
    return twin === undefined;
  });
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
  const cut = told
    .filter(({ isCut }) => isCut)
    .flatMap(({ tags, count = Number.POSITIVE_INFINITY, at }) =>
      leftOut(tags, at, silent, isReached, names).slice(0, count - tags.length),
    );
  const astray = heard.flatMap((one) => (one.type === 'astray' ? one.tags : []));
  return new Set([...names, ...shared, ...cut, ...astray]);
}

/**
 * The prompts that a list was cut before: those written after its first name that reached no turn either and are named nowhere. Messages overtake each
 * other on their way, so that one between the names may have come behind them.
 */
function leftOut(
  tags: readonly string[],
  at: number,
  silent: readonly Said[],
  isReached: (tag: string) => boolean,
  names: ReadonlySet<string>,
): readonly string[] {
  const first = silent.findIndex(({ tag }) => tag === tags[0]);
  if (first === -1 || tags.some(isReached)) return [];
  const later = silent.slice(first + 1).filter(({ tag, isSteer }) => !isSteer && !tags.includes(tag));
  const stop = later.findIndex((one) => isReached(one.tag) || names.has(one.tag) || one.at > at);
  return later.slice(0, stop === -1 ? later.length : stop).map(({ tag }) => tag);
}

/**
 * One nameless end for each run that is left: a turn is one run, prompts in a row that reached none are one. An end is told when its run is over, or
 * later, where the platform let nothing more be said.
 */
function matchEnds(heard: readonly HeardAt[], rest: readonly Said[], said: readonly Said[], turns: readonly Turn[]) {
  const ends = momentsOf(heard, ({ type }) => type === 'ended');
  const without = (runs: readonly SilentRun[], isEndOf: (run: SilentRun, at: number) => boolean) =>
    runs.filter((run) => {
      const found = ends.findIndex((at) => isEndOf(run, at));
      if (found !== -1) ends.splice(found, 1);
      return found === -1;
    });
  const late = without(silentRuns(rest, said, turns), ({ from, until }, at) => at >= from && at <= until);
  const lost = without(late, ({ from }, at) => at >= from).flatMap(({ tags }) => tags);
  return { lost: [...lost, ...lostSteers(heard, rest, turns)], spare: ends.length };
}

/** Words for a run that never reached the model: it was told that they were put in, and their run, or one of the next two to end, had no answer. */
function lostSteers(heard: readonly HeardAt[], rest: readonly Said[], turns: readonly Turn[]): readonly string[] {
  const reached = new Set(turns.flatMap(({ tags }) => tags));
  const put = new Set(heard.flatMap((one) => (one.type === 'put' ? one.tags : [])));
  const open = rest.filter(({ tag, isSteer }) => isSteer && !reached.has(tag));
  const answered = new Set(heard.flatMap((one) => (one.type === 'answer' ? [one.tag] : [])));
  const isTold = (at: number) => isInEnded(at, heard) || runAround(at, turns).some((tag) => !answered.has(tag));
  return open.filter(({ tag, at }) => !put.has(tag) || !isTold(at)).map(({ tag }) => tag);
}

/** The prompts of the turn that was in progress at a moment, and of one that began soon after. */
function runAround(moment: number, turns: readonly Turn[]): readonly string[] {
  const before = turns.findLast(({ at }) => at <= moment);
  const after = turns.find(({ at }) => at > moment && at < moment + lateMs);
  return [...(before?.tags ?? []), ...(after?.tags ?? [])];
}

function isInEnded(at: number, heard: readonly HeardAt[]): boolean {
  const ends = heard.filter((one) => one.at >= at && (one.type === 'answer' || one.type === 'ended' || one.type === 'named'));
  const next = [...new Set(momentsOf(ends, () => true))].slice(0, 2);
  return ends.some((one) => next.includes(one.at) && one.type !== 'answer');
}

function momentsOf(heard: readonly HeardAt[], isMeant: (one: HeardAt) => boolean): number[] {
  return heard
    .filter(isMeant)
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
}
