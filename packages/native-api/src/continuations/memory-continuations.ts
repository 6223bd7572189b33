import {
  type Clock,
  type Continuation,
  type ContinuationStore,
  type FoundContinuation,
  systemClock,
} from '@threadbridge/contract';

export interface MemoryContinuationsOptions {
  /** Unused for so long, an answer can no longer be continued. Default 1,800,000. */
  readonly ttlMs?: number;
  /** Most that are kept; what was used longest ago makes room. Default 1,000. */
  readonly capacity?: number;
  readonly clock?: Clock;
}

/** Continuations in this process; they end with it. Answers of one conversation share their items. */
export function createMemoryContinuations(options: MemoryContinuationsOptions = {}): ContinuationStore {
  const { ttlMs = 1_800_000, capacity = 1_000, clock = systemClock } = options;
  /** In order of use, the longest unused first. */
  const kept = new Map<string, { readonly continuation: Continuation; readonly usedAt: number }>();
  /** Ids that expired, remembered for another ttl. */
  const expired = new Map<string, number>();

  const sweep = () => {
    const now = clock.now();
    for (const [id, { usedAt }] of kept) {
      if (now - usedAt < ttlMs) break;
      kept.delete(id);
      expired.set(id, now);
    }
    for (const [id, at] of expired) {
      if (now - at < ttlMs && expired.size <= capacity) break;
      expired.delete(id);
    }
  };

  return {
    kind: 'in_memory',
    survivesRestart: false,
    ttlMs,
    async put(continuation) {
      sweep();
      kept.delete(continuation.id);
      kept.set(continuation.id, { continuation, usedAt: clock.now() });
      const [oldest] = kept.keys();
      if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
    },
    async find(id): Promise<FoundContinuation> {
      sweep();
      const entry = kept.get(id);
      if (entry === undefined) return { state: expired.has(id) ? 'expired' : 'unknown' };
      kept.delete(id);
      kept.set(id, { ...entry, usedAt: clock.now() });
      return { state: 'found', continuation: entry.continuation };
    },
    async findItem(id) {
      sweep();
      for (const { continuation } of kept.values()) {
        const { output } = continuation.response;
        if (!Array.isArray(output)) continue;
        const found = output.find((item) => (item as { readonly id?: unknown }).id === id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    async delete(id) {
      expired.delete(id);
      return kept.delete(id);
    },
    async count() {
      sweep();
      return kept.size;
    },
  };
}
