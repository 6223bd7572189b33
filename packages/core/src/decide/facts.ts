import type { ActorId, ThreadId, WorkspacePath } from '@threadbridge/contract';

/** A name for a thread, known in the whole profile. */
export interface Alias {
  readonly kind: 'alias';
  readonly name: string;
  readonly thread: ThreadId;
  readonly workspace: WorkspacePath;
  readonly title: string;
  readonly addedBy: ActorId;
  readonly addedAt: number;
}

/** Something true of the profile, not of one conversation. Unique by kind and name. */
export type Fact = Alias;

export type FactChange =
  | { readonly type: 'put'; readonly fact: Fact }
  | { readonly type: 'remove'; readonly kind: Fact['kind']; readonly name: string };

/** All facts, as decisions see them. */
export interface Facts {
  readonly aliases: ReadonlyMap<string, Alias>;
}

export const noFacts: Facts = { aliases: new Map() };

export function factsFrom(facts: Iterable<Fact>): Facts {
  return { aliases: new Map(Array.from(facts, (fact) => [fact.name, fact])) };
}

/** The facts after some changes. Pure. */
export function applyFacts(facts: Facts, changes: readonly FactChange[]): Facts {
  if (changes.length === 0) return facts;
  const aliases = new Map(facts.aliases);
  for (const change of changes) {
    if (change.type === 'put') aliases.set(change.fact.name, change.fact);
    else aliases.delete(change.name);
  }
  return { aliases };
}
