import type { ScopeId } from '@threadbridge/contract';
import type { Store } from '@threadbridge/core';

/** What a profile has on its hands, from its store. Holds no words of people. Moments in epoch ms. */
export interface Workload {
  readonly runs: readonly {
    readonly scope: string;
    readonly startedAt: number;
    readonly isWaiting: boolean;
    readonly thread?: string;
  }[];
  /** Messages that wait for a run. */
  readonly queue: number;
  /** Messages to people that are not sent yet. */
  readonly deliveries: number;
  /** Of these, those that wait until the platform lets us speak. */
  readonly held: number;
  readonly approvals: readonly { readonly scope: string; readonly code: string; readonly askedAt: number }[];
}

/** Reads what waits and what runs. Only conversations with something open are looked at. */
export async function readWorkload(store: Pick<Store, 'openEffects' | 'loadScope'>): Promise<Workload> {
  const open = await store.openEffects();
  const scopes = new Set<ScopeId>(open.map(({ scope }) => scope.id));
  const runs: Workload['runs'][number][] = [];
  const approvals: Workload['approvals'][number][] = [];
  let queue = 0;
  let held = 0;
  for (const id of scopes) {
    const state = await store.loadScope(id);
    if (state === undefined) continue;
    queue += state.pending.length;
    held += state.ledger?.held.length ?? 0;
    const { phase } = state;
    if (phase.name !== 'running') continue;
    const asked = Object.values(phase.approvals).filter(({ answered }) => answered === undefined);
    runs.push({
      ...{ scope: id, startedAt: phase.startedAt, isWaiting: asked.length > 0 },
      ...(phase.thread !== undefined && { thread: phase.thread }),
    });
    approvals.push(...asked.map(({ code, askedAt }) => ({ scope: id, code, askedAt })));
  }
  const deliveries = open.filter(({ effect }) => effect.type === 'deliver').length;
  return { runs, queue, deliveries: deliveries + held, held, approvals };
}
