import { startFakeFeishu } from '@threadbridge/testkit/feishu';
import { expect, it } from 'vitest';
import type { FeishuChannel } from '../src/index.ts';
import { open, read } from './set-up.ts';

async function becomes(channel: FeishuChannel, isUp: boolean | undefined): Promise<void> {
  const never = new AbortController();
  while (channel.capabilities.link.isUp !== isUp) await channel.capabilities.link.changed(never.signal);
}

it('is up while the long connection is there, and down when it broke', { timeout: 30_000 }, async () => {
  await using world = await open({ clientConfig: { ReconnectInterval: 0.01, ReconnectNonce: 0.01 } });
  const channel = world.connect();
  expect(channel.capabilities.link.isUp).toBeUndefined();
  const reader = read(channel);
  await becomes(channel, true);
  await world.fake.until(() => world.fake.connections.open === 1);
  world.fake.connections.drop();
  await becomes(channel, false);
  await becomes(channel, true);
  await world.fake.until(() => world.fake.connections.connects === 2);
  await reader.stop();
  expect(channel.capabilities.link.isUp).toBeUndefined();
});

it('is not up where nothing listens, until something does', { timeout: 30_000 }, async () => {
  await using world = await open();
  const { fake } = world;
  await fake.close();
  const channel = world.connect();
  const reader = read(channel);
  await becomes(channel, false);
  const app = { id: fake.app.id, secret: fake.app.secret };
  await using again = await startFakeFeishu({ port: Number(new URL(fake.url).port), app });
  await becomes(channel, true);
  await again.until(() => again.connections.open === 1);
  await reader.stop();
});
