import type { Clock, Logger } from '@threadbridge/contract';
import type { Store } from '@threadbridge/core';

const dayMs = 86_400_000;
/** How long the ids of messages are known beyond their bodies, so that a late repetition is still recognised. */
const idDays = 365;
const everyMs = 3_600_000;

/** Drops what is older than the profile keeps, once at the start and then every hour, in small bites. Ends on abort; trouble is logged, not thrown. */
export async function keepTidy(
  store: Pick<Store, 'prune'>,
  options: {
    readonly messagesDays: number;
    /** Absent: none are kept. `collect` removes files older than this moment and answers how many. */
    readonly attachments?: { readonly days: number; readonly collect: (before: number) => Promise<number> };
    readonly clock: Clock;
    readonly logger: Logger;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { messagesDays, attachments, clock, logger, signal } = options;
  while (!signal.aborted) {
    const bodiesBefore = clock.now() - messagesDays * dayMs;
    const limits = { bodiesBefore, idsBefore: bodiesBefore - idDays * dayMs };
    try {
      for (let isMore = true; isMore && !signal.aborted; ) {
        const { bodies, ids } = await store.prune(limits);
        isMore = bodies + ids > 0;
        if (isMore) logger.debug({ bodies, ids }, 'dropped what is older than the profile keeps');
        // Between two bites everybody else has their turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      logger.warn({ error }, 'old messages could not be dropped');
    }
    await attachments?.collect(clock.now() - attachments.days * dayMs).then(
      (count) => count > 0 && logger.debug({ count }, 'removed attachments older than the profile keeps'),
      (error: unknown) => logger.warn({ error }, 'old attachments could not be removed'),
    );
    await clock.sleep(everyMs, signal);
  }
}
