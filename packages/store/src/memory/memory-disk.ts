import type { ChannelId, Cursor, EffectKey, InputId, ScopeId } from '@threadbridge/contract';
import type { AuditHead } from '@threadbridge/core';
import { emptyHead } from '../audit/chain.ts';

/** An effect on a {@link MemoryDisk}; `row` is an `EffectRow` as JSON. */
export interface MemoryEffect {
  readonly row: string;
  readonly isStarted: boolean;
  readonly attempts: number;
  readonly notBefore?: number;
}

/**
 * What a memory store has written. Outlives the store, so that a test can open it again as a new process would.
 * Plain data: `structuredClone` makes an independent copy of a moment. Values are JSON text, as they would be on a real disk.
 */
export interface MemoryDisk {
  /** Who may write: the opener with this number. */
  epoch: number;
  /** Every input that is still recognised, with the moment when it was handled. */
  readonly seen: Map<InputId, number | 'waiting'>;
  /** Inputs that no commit has handled, in order. */
  readonly waiting: Map<InputId, string>;
  readonly cursors: Map<ChannelId, Cursor>;
  readonly scopes: Map<ScopeId, string>;
  /** Effects without a final outcome, in order. */
  readonly open: Map<EffectKey, MemoryEffect>;
  /** Every effect with an outcome that is still recognised, with the moment of it. */
  readonly settled: Map<EffectKey, number>;
  /** By kind and name. */
  readonly facts: Map<string, string>;
  /** Audit records, in order. */
  readonly audit: string[];
  auditHead: AuditHead;
}

/** An empty one. */
export function createMemoryDisk(): MemoryDisk {
  return {
    epoch: 0,
    seen: new Map(),
    waiting: new Map(),
    cursors: new Map(),
    scopes: new Map(),
    open: new Map(),
    settled: new Map(),
    facts: new Map(),
    audit: [],
    auditHead: emptyHead,
  };
}
