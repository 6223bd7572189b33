import type { Clock, Logger } from '@threadbridge/contract';
import type { Keystore } from '../config/secrets.ts';
import { loginEntry } from './login-entry.ts';

export interface AwaitLoginsOptions {
  /** The accounts that nobody has logged in, and why they are not there; read anew at each look. */
  readonly waiting: ReadonlyMap<string, Error>;
  readonly keystore: Keystore;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Takes the account up; then it waits no longer. */
  readonly join: (key: string) => Promise<void>;
  /** Told of each that waits when a look begins, and of each that could not be taken up. */
  readonly tell: (key: string, state: 'needs-login' | 'failed', error: unknown) => void;
}

/** How often a login is looked for that somebody was asked to make. */
const lookEveryMs = 2_000;

/**
 * Takes accounts up once another process has logged them in: what it stores is noticed here. Answers with what begins to look, which is to be
 * called whenever an account may have begun to wait; while none does, nothing is looked for.
 */
export function awaitLogins({ waiting, keystore, logger, clock, signal, join, tell }: AwaitLoginsOptions): () => void {
  let isLooking = false;
  /** Told once, and left alone until somebody looks anew. */
  const failed = new Set<string>();
  async function look(): Promise<void> {
    const rest = () => [...waiting.keys()].filter((key) => !failed.has(key));
    while (rest().length > 0) {
      await clock.sleep(lookEveryMs, signal);
      for (const key of rest()) {
        if (signal.aborted) return;
        try {
          if ((await keystore.get(loginEntry(key).id)) === undefined) continue;
          await join(key);
          if (!waiting.has(key)) logger.info({ channel: key }, 'a login was taken up');
        } catch (error) {
          logger.error({ channel: key, error }, 'a login could not be taken up');
          failed.add(key);
          tell(key, 'failed', error);
        }
      }
    }
  }
  return () => {
    failed.clear();
    for (const [key, error] of waiting) tell(key, 'needs-login', error);
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
    });
  };
}
