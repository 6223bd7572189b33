import type { Channel } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { expect, it } from 'vitest';
import { createIlinkChannel, type IlinkChannel } from '../src/index.ts';

/** Resolves once the link is so; time passes meanwhile, for the pauses between attempts. */
async function becomes(channel: IlinkChannel, isUp: boolean | undefined, clock: ReturnType<typeof createManualClock>) {
  while (channel.capabilities.link.isUp !== isUp) await clock.advance(100);
}

async function readUntil(channel: Channel, signal: AbortSignal): Promise<void> {
  for await (const _ of channel.receive({ signal }));
}

function reopened({ url, credentials: { token, accountId, userId } }: FakeIlink): Promise<FakeIlink> {
  return startFakeIlink({ port: Number(new URL(url).port), bot: { token, botId: accountId, userId } });
}

it('is up as soon as the service answers, though nobody writes; down while nobody listens; up again', async () => {
  const clock = createManualClock();
  const fake = await startFakeIlink();
  const channel = createIlinkChannel({ credentials: fake.credentials, cdnBaseUrl: fake.cdnUrl, clock });
  expect(channel.capabilities.link.isUp).toBeUndefined();
  const stop = new AbortController();
  const read = readUntil(channel, stop.signal);
  await becomes(channel, true, clock);
  await fake.close();
  await becomes(channel, false, clock);
  await using _again = await reopened(fake);
  await becomes(channel, true, clock);
  stop.abort();
  await read;
  expect(channel.capabilities.link.isUp).toBeUndefined();
});

it('was never up where nothing listened, until something does', async () => {
  const clock = createManualClock();
  const fake = await startFakeIlink();
  await fake.close();
  const channel = createIlinkChannel({ credentials: fake.credentials, cdnBaseUrl: fake.cdnUrl, clock });
  const seen: (boolean | undefined)[] = [];
  const stop = new AbortController();
  const watched = (async () => {
    while (!stop.signal.aborted) {
      await channel.capabilities.link.changed(stop.signal);
      seen.push(channel.capabilities.link.isUp);
    }
  })();
  const read = readUntil(channel, stop.signal);
  await becomes(channel, false, clock);
  await clock.advance(20_000);
  expect(seen).toEqual([false]);
  await using _again = await reopened(fake);
  await becomes(channel, true, clock);
  stop.abort();
  await Promise.all([read, watched]);
});

it('a service that is there and refuses every poll is up for no longer than until the next refusal', async () => {
  const clock = createManualClock();
  await using fake = await startFakeIlink();
  fake.fail('getupdates', ...Array.from({ length: 6 }, () => ({ type: 'status', status: 502 }) as const));
  const channel = createIlinkChannel({ credentials: fake.credentials, cdnBaseUrl: fake.cdnUrl, clock });
  const stop = new AbortController();
  const read = readUntil(channel, stop.signal);
  for (let times = 0; times < 2; times += 1) {
    await becomes(channel, true, clock);
    await becomes(channel, false, clock);
  }
  stop.abort();
  await read;
});
