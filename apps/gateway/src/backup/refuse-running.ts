import { existsSync } from 'node:fs';
import { GatewayError, isGatewayError } from '@threadbridge/contract';
import { createSqliteStore } from '@threadbridge/store';
import { listProcesses } from '../control/processes.ts';

/** Throws `store.held`, naming the process, where somebody works with a profile. A store that cannot be opened is held by nobody. */
export async function refuseRunning(home: string, profile: string, store: string): Promise<void> {
  const running = (await listProcesses(home)).find((one) => one.profile === profile);
  if (running !== undefined) {
    const { kind, pid } = running;
    throw new GatewayError('store.held', `The profile ${profile} is running: ${kind}, process ${pid}. Nothing was changed.`, {
      remedy: 'Stop it first, and try again.',
      certain: true,
    });
  }
  if (!existsSync(store)) return;
  try {
    const opened = await createSqliteStore({ path: store, holder: 'threadbridge backup restore' });
    await opened[Symbol.asyncDispose]();
  } catch (error) {
    // A damaged store, or a newer one, may be why somebody restores.
    const isUnusable = isGatewayError(error) && ['store.corrupt', 'store.newer_schema', 'config.invalid'].includes(error.code);
    if (!isUnusable) throw error;
  }
}
