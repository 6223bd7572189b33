import type { ErrorCode, ScopeId } from '@threadbridge/contract';
import type { EffectRow, EffectType, Input, ScopeState } from '@threadbridge/core';

/**
 * What a store remembers of what happened, for people who look: newest first, a bounded amount of rows a call. Bodies that retention dropped
 * are left out.
 */
export interface StoreHistory {
  /** Conversations, those with news first. */
  scopes(query: HistoryQuery): HistoryPage<RememberedScope>;
  /** Effects of some types, in the reverse order of being committed. */
  effects(
    query: HistoryQuery & { readonly types: readonly EffectType[]; readonly scope?: ScopeId },
  ): HistoryPage<RememberedEffect>;
  /** Effects of one type that have no final outcome, oldest first. */
  openEffects(type: EffectType): readonly RememberedEffect[];
  /** What was taken in for one conversation, in the reverse order of being taken in. */
  inputs(query: HistoryQuery & { readonly scope: ScopeId }): HistoryPage<RememberedInput>;
}

/** A page of history, newest first. */
export interface HistoryQuery {
  /** Only what is older than this place. */
  readonly before?: number;
  /** The most rows that one call brings. */
  readonly limit: number;
}

/** `before`: where to go on; absent at the end. A page may be short, or empty, and still not the last. */
export interface HistoryPage<Row> {
  readonly rows: readonly Row[];
  readonly before?: number;
}

/** A conversation as it stands. */
export interface RememberedScope {
  readonly state: ScopeState;
  /** Epoch ms. */
  readonly updatedAt: number;
}

/** An effect and what became of it. */
export interface RememberedEffect {
  readonly seq: number;
  readonly row: EffectRow;
  readonly status: 'open' | 'started' | 'done' | 'failed' | 'unknown';
  readonly attempts: number;
  /** Epoch ms, as all moments here. */
  readonly committedAt: number;
  readonly notBefore?: number;
  readonly settledAt?: number;
  readonly code?: ErrorCode;
}

/** A fact that was taken in. */
export interface RememberedInput {
  /** Its place in the order of being taken in; for `before`. */
  readonly seq: number;
  readonly input: Input;
  /** Epoch ms. */
  readonly acceptedAt: number;
}
