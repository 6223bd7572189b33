import { setTimeout as delay } from 'node:timers/promises';
import type { AccountLimits, Runner } from '@threadbridge/contract';
import type { ReadyEvent } from '../lifecycle.ts';
import { ownVersion } from '../own-version.ts';
import type { RulesInForce } from '../rules-in-force.ts';
import type { Reins } from '../wire-options.ts';
import type { ControlVerbs } from './control-server.ts';
import { readWorkload } from './read-state.ts';

export interface ControlParts {
  readonly ready: () => ReadyEvent;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly store: Parameters<typeof readWorkload>[0];
  readonly codex: Runner;
  readonly rules: RulesInForce;
  readonly end: Reins['end'];
}

/** What the command line can ask of a gateway that runs. */
export function createControlVerbs({ ready, startedAt, store, codex, rules, end }: ControlParts): ControlVerbs {
  const ended = async (runs: 'end' | 'leave') => {
    // Whoever asked has the answer first.
    setImmediate(() => end(runs));
    return { pid: process.pid };
  };
  return {
    state: async () => ({
      ...{ ...ready(), isRunning: true, version: ownVersion(), startedAt },
      ...(await readWorkload(store)),
      ...(await limitsOf(codex)),
    }),
    reload: () => rules.reload(),
    async renewKeys() {
      await rules.renewKeys();
      return {};
    },
    stop: () => ended('end'),
    leave: () => ended('leave'),
  };
}

/** Asked of Codex, which may have to ask the network: without an answer soon there is none. */
async function limitsOf({ capabilities }: Runner): Promise<{ readonly limits?: AccountLimits }> {
  const asked = capabilities.account?.limits().then((limits) => ({ limits }));
  return Promise.race([(asked ?? Promise.resolve({})).catch(() => ({})), delay(2_000, {}, { ref: false })]);
}
