import { randomUUID } from 'node:crypto';

/**
 * The place in the script travels in the call id and comes back with the output, so the server keeps no state: a conversation
 * goes on at the right step whatever was restarted in between, and calls of others do not count.
 */
export function callIdFor(stepIndex: number): string {
  return `call_step${stepIndex}_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
}

/** The step a call id belongs to; undefined for ids this server did not make. */
export function stepOfCallId(callId: string): number | undefined {
  const found = /^call_step(\d{1,6})_[0-9a-f]{20}$/.exec(callId);
  return found ? Number(found[1]) : undefined;
}
