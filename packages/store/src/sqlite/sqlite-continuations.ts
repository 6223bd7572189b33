import type { Clock, ContinuationStore, FoundContinuation } from '@threadbridge/contract';
import type { ContinuationRows } from './continuation-rows.ts';

export interface SqliteContinuationsOptions {
  /** Unused for so long, an answer can no longer be continued. Default 1,800,000. */
  readonly ttlMs?: number;
  /** Most that are kept; what was used longest ago makes room. Default 1,000. */
  readonly capacity?: number;
  /** Most that they may take together, as JSON. The newest is always kept. Default 256 MiB. */
  readonly maxBytes?: number;
}

/** The rows, and the store's way to read and to write under its lease. */
interface ContinuationAccess {
  readonly rows: ContinuationRows;
  read<T>(verb: string, work: () => T): T;
  write(verb: string, work: () => void): void;
  readonly clock: Clock;
}

/** Answers of the native API that survive the process. */
export function createSqliteContinuations(access: ContinuationAccess, options: SqliteContinuationsOptions): ContinuationStore {
  const { rows, read, write, clock } = access;
  const { ttlMs = 1_800_000, capacity = 1_000, maxBytes = 256 * 1024 * 1024 } = options;

  /** Drops what was used longest ago until the rest is few and small enough. */
  const makeRoom = (now: number) => {
    for (let kept = rows.measure(now); kept.count > capacity || (kept.bytes > maxBytes && kept.count > 1); ) {
      if (!rows.removeLeastUsed()) return;
      kept = rows.measure(now);
    }
  };

  return {
    kind: 'sqlite',
    survivesRestart: true,
    ttlMs,
    async put(continuation) {
      write('put', () => {
        const now = clock.now();
        rows.put(continuation, ttlMs, now);
        makeRoom(now);
      });
    },
    async find(id) {
      let found: FoundContinuation = { state: 'unknown' };
      write('find', () => {
        found = rows.find(id, ttlMs, clock.now());
      });
      return found;
    },
    async findItem(id) {
      return read('findItem', () => rows.findItem(id, clock.now()));
    },
    async delete(id) {
      let wasThere = false;
      write('delete', () => {
        wasThere = rows.remove(id, clock.now());
      });
      return wasThere;
    },
    async count() {
      return read('count', () => rows.measure(clock.now()).count);
    },
  };
}
