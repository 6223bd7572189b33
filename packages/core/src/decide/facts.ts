import type { ActorId, ChannelId, Fingerprint, Scope, ScopeId, ThreadId, WorkspacePath } from '@threadbridge/contract';

interface FactBase {
  /** Unique among facts of its kind. */
  readonly name: string;
  readonly addedBy: ActorId;
  readonly addedAt: number;
}

/** A name for a thread, known in the whole profile. */
export interface Alias extends FactBase {
  readonly kind: 'alias';
  readonly thread: ThreadId;
  readonly workspace: WorkspacePath;
  readonly title: string;
}

/** Somebody who was invited, or who claimed the profile (`owner`); `name` is the actor's id. */
export interface Member extends FactBase {
  readonly kind: 'member';
  readonly name: ActorId;
  readonly role: 'owner' | 'admin' | 'user';
}

/** A group that was judged; `name` is the id of its scope. */
export interface Group extends FactBase {
  readonly kind: 'group';
  readonly name: ScopeId;
  readonly status: 'approved' | 'disabled';
  readonly access: 'read-only' | 'workspace';
}

/** Where an owner was last heard in private on a channel; `name` is the channel's id. */
export interface Home extends FactBase {
  readonly kind: 'home';
  readonly name: ChannelId;
  readonly scope: Scope;
}

/** The thread that all comments on a document share; `name` is the id of the document. */
export interface DocumentThread extends FactBase {
  readonly kind: 'document';
  readonly name: ScopeId;
  readonly thread: ThreadId;
  readonly workspace: WorkspacePath;
  /** Only under this one is it gone on in. */
  readonly fingerprint: Fingerprint;
}

/** What somebody chose for themselves, wherever they write in private; `name` is the actor's id. */
export interface Preference extends FactBase {
  readonly kind: 'preference';
  readonly name: ActorId;
  readonly language: 'en' | 'zh';
}

/** The store was put back from a copy: what was open in it may have been dealt with since. */
export interface Restored {
  readonly kind: 'restored';
  readonly name: 'store';
  /** When the copy was made, epoch ms. */
  readonly copiedAt: number;
  readonly restoredAt: number;
}

/** Something true of the profile, not of one conversation. Unique by kind and name. */
export type Fact = Alias | Member | Group | Home | DocumentThread | Preference | Restored;

/** A fact that becomes true, or ceases to be. */
export type FactChange =
  | { readonly type: 'put'; readonly fact: Fact }
  | { readonly type: 'remove'; readonly kind: Fact['kind']; readonly name: string };

/** All facts, as decisions see them. */
export interface Facts {
  readonly aliases: ReadonlyMap<string, Alias>;
  readonly members: ReadonlyMap<string, Member>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly homes: ReadonlyMap<ChannelId, Home>;
  readonly documents: ReadonlyMap<ScopeId, DocumentThread>;
  readonly preferences: ReadonlyMap<ActorId, Preference>;
  readonly restored: ReadonlyMap<'store', Restored>;
}

/** A profile of which nothing is known. */
export const noFacts: Facts = {
  aliases: new Map(),
  members: new Map(),
  groups: new Map(),
  homes: new Map(),
  documents: new Map(),
  preferences: new Map(),
  restored: new Map(),
};

/** Facts as decisions see them, from how they are stored. Of two with one name the later counts. */
export function factsFrom(facts: Iterable<Fact>): Facts {
  return applyFacts(
    noFacts,
    Array.from(facts, (fact): FactChange => ({ type: 'put', fact })),
  );
}

/** The facts after some changes. Pure. */
export function applyFacts(facts: Facts, changes: readonly FactChange[]): Facts {
  if (changes.length === 0) return facts;
  const next = copyOf(facts);
  for (const change of changes) {
    if (change.type === 'remove') next[placeOf[change.kind]].delete(change.name);
    else next[placeOf[change.fact.kind]].set(change.fact.name, change.fact);
  }
  return next as Readonly<Record<keyof Facts, ReadonlyMap<string, unknown>>> as Facts;
}

/** Where facts of a kind stand. */
const placeOf = {
  ...{ alias: 'aliases', member: 'members', group: 'groups', home: 'homes' },
  ...{ document: 'documents', preference: 'preferences', restored: 'restored' },
} as const satisfies Readonly<Record<Fact['kind'], keyof Facts>>;

function copyOf(facts: Facts): Readonly<Record<keyof Facts, Map<string, Fact>>> {
  return Object.fromEntries(Object.entries(facts).map(([place, known]) => [place, new Map(known)])) as ReturnType<typeof copyOf>;
}
