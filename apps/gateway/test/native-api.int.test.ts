import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { showServiceTokens } from '../src/index.ts';
import { services } from '../src/services/registry.ts';
import { createWorld, type World } from './set-up.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const ask = (baseUrl: string, token: string) =>
  fetch(`${baseUrl}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ input: 'hello' }),
  });

describe('the native API of a gateway', () => {
  it('is named in ready, wants the token that was made, answers, and goes with the gateway', async () => {
    const gateway = await world.open({ nativeApi: { port: 0 } }, { services });
    const baseUrl = gateway.ready.nativeApi ?? '';
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    const [{ token = '' } = {}] = (await showServiceTokens(await world.profile())) as readonly { token?: string }[];
    expect((await ask(baseUrl, 'wrong')).status).toBe(401);
    expect((await ask(baseUrl, token)).status).toBe(200);
    expect(world.agent.turns.map(({ prompt }) => prompt)).toEqual(['hello']);
    await gateway.stop();
    await expect(fetch(baseUrl)).rejects.toThrow();
    expect(await world.log()).not.toContain(token);
  });

  it('may be switched off', async () => {
    const gateway = await world.open({ nativeApi: { enabled: false } }, { services });
    expect(gateway.ready).not.toHaveProperty('nativeApi');
  });

  it('on a port that is taken: an error where somebody chose it', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(world.open({ nativeApi: { port } }, { services })).rejects.toMatchObject({ code: 'config.invalid' });
    taken.close();
  });
});
