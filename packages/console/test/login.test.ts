import type { ConsoleAccounts } from '@threadbridge/console';
import { expect, it } from 'vitest';
import type { FeedEvent } from '../src/wire.ts';
import { openConsole, readEvents } from './open-console.ts';

const scripted: ConsoleAccounts = {
  async *login(channel, { readCode, signal }) {
    yield { type: 'qr', url: `https://example.test/${channel}`, attempt: 1 };
    yield { type: 'scanned' };
    const code = await readCode({ isWrong: false, signal });
    if (code !== '42') throw new Error('wrong');
    yield { type: 'complete', account: 'somebody' };
  },
};

async function steps(response: Response, count: number): Promise<readonly string[]> {
  const events = await readEvents(response, count + 1);
  return events.map(({ data }) => data as FeedEvent).flatMap((event) => (event.type === 'login' ? [event.login.step.type] : []));
}

it('tells each step of a login, and takes the number of the phone', async () => {
  const { ask, post } = await openConsole(scripted);
  const asked = steps(await ask('/api/feed'), 4);
  expect((await post('/api/logins/wechat', {})).status).toBe(204);
  expect(await asked).toEqual(['starting', 'qr', 'scanned', 'code.wanted']);
  const rest = steps(await ask('/api/feed'), 2);
  expect((await post('/api/logins/wechat/code', { code: '42' })).status).toBe(204);
  expect(await rest).toEqual(['code.wanted', 'complete']);
  expect((await post('/api/logins/wechat/code', { code: '42' })).status).toBe(409);
});

it('logs in only what can be logged in here', async () => {
  const { post } = await openConsole(scripted);
  expect((await post('/api/logins/stranger', {})).status).toBe(404);
  const without = await openConsole();
  expect((await without.post('/api/logins/wechat', {})).status).toBe(404);
});

it('calls a login off', async () => {
  const { ask, post } = await openConsole(scripted);
  await post('/api/logins/wechat', {});
  const headers = { 'content-type': 'application/json' };
  expect((await ask('/api/logins/wechat', { method: 'DELETE', headers })).status).toBe(204);
  expect(await (await ask('/api/logins')).json()).toEqual([]);
});
