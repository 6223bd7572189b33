import { type Clock, systemClock } from '@threadbridge/contract';
import { loadConfig, openGateway, type ProfileOverrides, resolveProfile } from '@threadbridge/gateway';

/** A gateway of its own process, whose clock can be shifted: a line `{"shiftMs": 1}` on stdin. Argument: what to open, as JSON. */
const given = JSON.parse(process.argv[2] ?? '{}') as {
  readonly home: string;
  readonly settings: ProfileOverrides;
  readonly environment: Record<string, string>;
  readonly shiftMs: number;
};
const { home, settings, environment } = given;
let { shiftMs } = given;
const clock: Clock = { now: () => Date.now() + shiftMs, sleep: systemClock.sleep };
const loaded = await loadConfig({ environment, flags: { home, settings } });
const gateway = await openGateway({ profile: resolveProfile(loaded), environment, clock, stopTimeoutMs: 10_000 });
process.once('SIGTERM', () => void gateway.stop());
process.stdin.setEncoding('utf8').on('data', (line: string) => {
  for (const one of line.trim().split('\n')) shiftMs = (JSON.parse(one) as { readonly shiftMs: number }).shiftMs;
});
process.stdin.unref();
process.stdout.write('ready\n');
await gateway.stopped;
