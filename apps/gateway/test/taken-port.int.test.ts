import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ProfileInput, type ResolvedProfile, readGatewayState } from '../src/index.ts';
import { services } from '../src/services/registry.ts';
import { createWorld, type World } from './set-up.ts';

let world: World;
let port: number;
const holder = createServer();
beforeEach(async () => {
  world = await createWorld();
  holder.listen(0, '127.0.0.1');
  await once(holder, 'listening');
  port = (holder.address() as AddressInfo).port;
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  holder.close();
  await once(holder, 'close');
});

/** As if the version's own default were the port that another program has. */
async function byDefault(settings: ProfileInput): Promise<ResolvedProfile> {
  const profile = await world.profile(settings);
  return { ...profile, origin: (path) => (path.at(-1) === 'port' ? { type: 'default' } : profile.origin(path)) };
}

describe('a default port that another program has', () => {
  it('keeps nothing else from starting, and nobody is told that its services are there', async () => {
    const profile = await byDefault({ nativeApi: { port }, console: { port } });
    const gateway = await world.open({}, { profile, services });
    const place = { host: '127.0.0.1', port, reason: 'EADDRINUSE' };
    const notListening = [
      { services: ['nativeApi'], ...place, setting: 'nativeApi.port' },
      { services: ['console', 'taskApi', 'health'], ...place, setting: 'console.port' },
    ];
    const channels = { console: 'failed', task: 'failed', terminal: 'connected' };
    expect(gateway.ready).toMatchObject({ notListening, channels });
    const state = await readGatewayState(profile);
    expect(state).toMatchObject({ isRunning: true, notListening, channels });
    for (const address of ['nativeApi', 'console']) expect(state).not.toHaveProperty(address);
    const warnings = world.events.filter(({ event }) => event === 'warning');
    expect(warnings).toMatchObject([
      { notListening: notListening[0], message: expect.stringContaining(`127.0.0.1:${port}, which another program has`) },
      { notListening: notListening[1], remedy: expect.stringContaining('Set console.port to another port') },
    ]);
    world.platform.say('hello');
    await expect.poll(world.shown).toHaveLength(1);
  });

  it('takes down only what was to be there', async () => {
    const profile = await byDefault({ nativeApi: { port: 0 }, console: { port, enabled: false } });
    const { ready } = await world.open({}, { profile, services });
    expect(ready).toMatchObject({
      nativeApi: expect.stringContaining('http://127.0.0.1:'),
      notListening: [{ services: ['taskApi', 'health'], port }],
      channels: { task: 'failed', terminal: 'connected' },
    });
  });
});

it('a port that somebody chose and another program has is a reason not to start', async () => {
  const settings = { nativeApi: { enabled: false }, console: { port } };
  await expect(world.open(settings, { services })).rejects.toMatchObject({ code: 'config.invalid' });
  expect(await readGatewayState(await world.profile(settings))).toMatchObject({ isRunning: false });
});

it('a gateway that has its ports says nothing of the kind', async () => {
  const { ready } = await world.open({ nativeApi: { port: 0 }, console: { port: 0 } }, { services });
  expect(ready).not.toHaveProperty('notListening');
  expect(ready.channels).toMatchObject({ console: 'connected', task: 'connected' });
});
