import type { ResolvedProfile } from '@threadbridge/gateway';
import { channelAddresses } from '@threadbridge/gateway';
import { duration } from '../terminal/duration.ts';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';

/** The Date header has whole seconds, and platforms are within a second of each other. */
const toleratedMs = 30_000;

/** How this computer's clock differs from those of the platforms. One that cannot be asked is no matter of the clock. */
export async function examineClock(
  profile: ResolvedProfile,
  signal: AbortSignal,
  { doctor }: Texts,
): Promise<readonly Finding[]> {
  const asked = (await channelAddresses(profile)).map(async ({ key, address }): Promise<readonly Finding[]> => {
    const aheadMs = await measure(address, signal);
    if (aheadMs === undefined) return [];
    const place = { key, host: new URL(address).host };
    if (Math.abs(aheadMs) <= toleratedMs) return [{ name: 'clock', state: 'ok', text: doctor.clockOk(place) }];
    const by = duration(Math.abs(aheadMs));
    const text = doctor.clockSkew({ ...place, by, isAhead: aheadMs > 0 });
    return [{ name: 'clock', state: 'warn', text, remedy: doctor.clockRemedy }];
  });
  return (await Promise.all(asked)).flat();
}

/** How far this computer is ahead of a server, ms; undefined: it could not be asked, or does not tell. */
async function measure(address: string, signal: AbortSignal): Promise<number | undefined> {
  const before = Date.now();
  const response = await fetch(address, { method: 'HEAD', redirect: 'manual', signal }).catch(() => undefined);
  const date = Date.parse(response?.headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : Math.round((before + Date.now()) / 2 - (date + 500));
}
