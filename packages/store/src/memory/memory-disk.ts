import type { ChannelId, Cursor, EffectKey, InputId, ScopeId } from '@threadbridge/contract';

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
  /** Every input that was ever accepted. */
  readonly seen: Set<InputId>;
  /** Inputs that no commit has handled, in order. */
  readonly waiting: Map<InputId, string>;
  readonly cursors: Map<ChannelId, Cursor>;
  readonly scopes: Map<ScopeId, string>;
  /** Effects without a final outcome, in order. */
  readonly open: Map<EffectKey, MemoryEffect>;
  readonly settled: Set<EffectKey>;
  /** By kind and name. */
  readonly facts: Map<string, string>;
}

export function createMemoryDisk(): MemoryDisk {
  return {
    epoch: 0,
    seen: new Set(),
    waiting: new Map(),
    cursors: new Map(),
    scopes: new Map(),
    open: new Map(),
    settled: new Set(),
    facts: new Map(),
  };
}
