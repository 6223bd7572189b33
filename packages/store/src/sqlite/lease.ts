import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, GatewayError, systemClock } from '@threadbridge/contract';
import type { Client } from './driver.ts';
import { describeHolder, type Holder, isGone } from './holder.ts';

interface LeaseRow {
  readonly epoch: number;
  readonly holder: string | null;
  readonly heartbeatAt: number;
}

/** The right to write, held under one epoch. */
export interface Lease {
  /** False once another opener took the store over. */
  isOurs(): boolean;
  /** Says that we live. False once another opener took the store over. */
  beat(now: number): boolean;
  /** Lets the next opener in without waiting. */
  release(): void;
}

/** Throws `store.held` where somebody else has the store open and seems alive. Reads only; fit for any version of the schema. */
export function checkFree(
  client: Client,
  options: { readonly path: string; readonly now: number; readonly staleAfterMs: number },
): void {
  const { path, now, staleAfterMs } = options;
  if (client.prepare(`select 1 from sqlite_master where name = 'lease'`).get() === undefined) return;
  const row = readRow(client);
  if (row === undefined || row.holder === null) return;
  const holder = JSON.parse(row.holder) as Holder;
  // A heartbeat from the future is as meaningless as an old one: some clock was set.
  if (Math.abs(now - row.heartbeatAt) > staleAfterMs || isGone(holder)) return;
  throw new GatewayError('store.held', `The store ${path} is in use by ${describeHolder(holder)}; it was not opened.`, {
    remedy: `Stop that process first. If it was killed on another machine, wait ${Math.ceil(staleAfterMs / 1000)} seconds and try again.`,
    certain: true,
  });
}

/** Takes the lease under the next epoch; whoever had it is fenced. Call inside a transaction, after {@link checkFree}. */
export function takeLease(client: Client, holder: Holder, now: number): Lease {
  const epoch = (readRow(client)?.epoch ?? 0) + 1;
  client
    .prepare('insert or replace into lease (id, epoch, holder, heartbeat_at) values (1, ?, ?, ?)')
    .run(epoch, JSON.stringify(holder), now);
  const current = client.prepare<[], number>('select epoch from lease where id = 1').pluck();
  const beat = client.prepare('update lease set heartbeat_at = ? where id = 1 and epoch = ?');
  const release = client.prepare('update lease set holder = null where id = 1 and epoch = ?');
  return {
    isOurs: () => current.get() === epoch,
    beat: (now) => beat.run(now, epoch).changes === 1,
    release: () => {
      release.run(epoch);
    },
  };
}

/** Forgets who holds it; for copies, which nobody holds. */
export function clearHolder(client: Client): void {
  client.prepare('update lease set holder = null where id = 1').run();
}

/** Beats until the signal aborts or the lease is lost. A beat that fails is left to the next one: the verbs report what is wrong. */
export async function keepBeating(
  lease: Lease,
  options: { readonly clock: Clock; readonly everyMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const { clock, everyMs, signal } = options;
  for (;;) {
    await rest(clock, everyMs, signal);
    if (signal.aborted) return;
    try {
      if (!lease.beat(clock.now())) return;
    } catch {}
  }
}

/** An open store alone must not keep a process alive, and the system clock's sleep does. */
async function rest(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (clock !== systemClock) return clock.sleep(ms, signal);
  await delay(ms, undefined, { signal, ref: false }).catch(() => {});
}

function readRow(client: Client): LeaseRow | undefined {
  return client.prepare<[], LeaseRow>('select epoch, holder, heartbeat_at as heartbeatAt from lease where id = 1').get();
}
