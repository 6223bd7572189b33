import { existsSync } from 'node:fs';
import type { AccountLimits } from '@threadbridge/contract';
import { createSqliteStore } from '@threadbridge/store';
import type { ResolvedProfile } from '../config/load.ts';
import type { ReadyEvent } from '../lifecycle.ts';
import { askControl } from './ask-control.ts';
import { readWorkload, type Workload } from './read-state.ts';

/** A running gateway as it stands. */
export interface LiveState extends Omit<ReadyEvent, 'event'>, Workload {
  readonly isRunning: true;
  /** Of the program. */
  readonly version: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** How much of the account's limits is used, where it has any and they could be read. */
  readonly limits?: AccountLimits;
}

/** A profile that nobody runs: what it left to be done. */
export interface RestingState extends Workload {
  readonly isRunning: false;
  readonly profile: string;
}

export type GatewayState = LiveState | RestingState;

const nothing: Workload = { runs: [], queue: 0, deliveries: 0, held: 0, approvals: [] };

/** How a profile stands. Costs no turn; starts nothing. Rejects with `store.*` where its store cannot be read. */
export async function readGatewayState({ name, paths }: ResolvedProfile): Promise<GatewayState> {
  const live = await askControl(paths, 'state');
  if (live !== undefined) return live as LiveState;
  if (!existsSync(paths.store)) return { isRunning: false, profile: name, ...nothing };
  await using store = await createSqliteStore({ path: paths.store, holder: 'threadbridge status' });
  return { isRunning: false, profile: name, ...(await readWorkload(store)) };
}
