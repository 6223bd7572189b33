import { asId, type ChannelId } from '@threadbridge/contract';
import { createFakePlatform } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import { waitForLogin } from './wait-for-login.ts';

async function first(channel: ReturnType<typeof waitForLogin>): Promise<unknown> {
  const stopping = new AbortController();
  for await (const batch of channel.receive({ signal: stopping.signal })) return batch;
  return undefined;
}

it('refuses until somebody has logged in, and then is the channel it stands for', async () => {
  const platform = createFakePlatform({ id: 'phone' });
  const logins = Promise.withResolvers<void>();
  const connected = platform.connect();
  const relogin = { wait: () => logins.promise };
  const channel = waitForLogin({ ...connected, capabilities: { ...connected.capabilities, relogin } }, 'Log in.');
  await expect(first(channel)).rejects.toMatchObject({ code: 'channel.unauthorized', remedy: 'Log in.' });
  const waited = channel.capabilities.relogin?.wait(new AbortController().signal);
  logins.resolve();
  await waited;
  platform.say('hello');
  expect(await first(channel)).toMatchObject({ events: [{ text: 'hello' }] });
});

it('stays logged out where the waiting was called off', async () => {
  const connected = createFakePlatform({ id: 'phone' }).connect();
  const relogin = { wait: async () => {} };
  const channel = waitForLogin({ ...connected, id: asId<ChannelId>('phone'), capabilities: { relogin } }, 'Log in.');
  await channel.capabilities.relogin?.wait(AbortSignal.abort());
  await expect(first(channel)).rejects.toMatchObject({ code: 'channel.unauthorized' });
});
