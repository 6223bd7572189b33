import { type Clock, systemClock } from '@threadbridge/contract';
import { loadConfig, openGateway, type ProfileOverrides, resolveProfile } from '@threadbridge/gateway';

/**
 * A gateway of its own process. Argument: what to open, as JSON. A line `{"shiftMs": 1}` on stdin shifts its clock; `{"weigh": true}` is answered
 * with a line `{"heapBytes": 1}`, what is in use after everything else was thrown away (needs --expose-gc).
 */
const given = JSON.parse(process.argv[2] ?? '{}') as {
  readonly home: string;
  readonly transport: 'stdio' | 'socket';
  readonly settings: ProfileOverrides;
  readonly environment: Record<string, string>;
  readonly shiftMs: number;
};
const { home, transport, settings, environment } = given;
let { shiftMs } = given;
const clock: Clock = { now: () => Date.now() + shiftMs, sleep: systemClock.sleep };
const loaded = await loadConfig({ environment, flags: { home, settings } });
const gateway = await openGateway({ profile: resolveProfile(loaded), environment, transport, clock, stopTimeoutMs: 10_000 });
process.once('SIGTERM', () => void gateway.stop());
process.stdin.setEncoding('utf8').on('data', (lines: string) => {
  for (const line of lines.trim().split('\n')) take(JSON.parse(line));
});
process.stdin.unref();
process.stdout.write('{"ready":true}\n');
await gateway.stopped;

function take(wish: { readonly shiftMs?: number; readonly weigh?: true }): void {
  if (wish.shiftMs !== undefined) shiftMs = wish.shiftMs;
  if (wish.weigh !== true) return;
  globalThis.gc?.();
  process.stdout.write(`${JSON.stringify({ heapBytes: process.memoryUsage().heapUsed })}\n`);
}
