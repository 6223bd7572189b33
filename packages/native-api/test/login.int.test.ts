import { afterAll, beforeAll, expect, it } from 'vitest';
import { setUp, type World } from './set-up.ts';

let world: World;
beforeAll(async () => {
  // The provider that wants a login, at the address of the scripted model.
  world = await setUp({ codexConfig: (url) => ({ model_provider: 'openai', openai_base_url: url }) });
});
afterAll(() => world[Symbol.asyncDispose]());

const login = async (apiKey: string) => {
  for await (const _ of world.runner.capabilities.account.login({ type: 'apiKey', apiKey }));
};
const health = async () => {
  const answer = await fetch(`${world.server.baseUrl}/health`);
  const { native_runtime: runtime } = (await answer.json()) as {
    native_runtime: { login: string; account_identity: { account_id: string } };
  };
  return [answer.status, runtime.login, runtime.account_identity.account_id] as const;
};

it('follows the login of Codex without a restart: none, one, none', async () => {
  const [status, state, nobody] = await health();
  expect([status, state]).toEqual([503, 'missing']);
  const refused = await world.post('/responses', { input: 'x' });
  expect([refused.status, await refused.json()]).toMatchObject([503, { error: { code: 'native_runtime_unavailable' } }]);
  expect(world.model.requests).toEqual([]);

  await login('sk-test-one');
  const [ready, ok, somebody] = await health();
  expect([ready, ok]).toEqual([200, 'ok']);
  expect(somebody).not.toBe(nobody);
  const answer = await world.post('/responses', { input: '[[say: hello]]' });
  const text = await answer.text();
  expect([answer.status, text.includes('"text":"hello"'), text.includes('sk-test')]).toEqual([200, true, false]);
  const { id } = JSON.parse(text) as { id: string };

  await world.runner.capabilities.account.logout();
  const gone = await world.post('/responses', { input: 'x', previous_response_id: id });
  expect(gone.status).toBe(503);
}, 60_000);
