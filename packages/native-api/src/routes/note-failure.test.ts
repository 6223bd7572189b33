import { GatewayError, type Runner, silentLogger } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { createNativeApi } from '../native-api.ts';

it('tells the log why Codex could not be used, and the caller no path', async () => {
  const lost = new GatewayError('runner.lost', 'The socket /home/someone/codex.sock is in use.', { certain: true });
  const runner: Runner = {
    capabilities: { account: { read: () => Promise.reject(lost) } } as Runner['capabilities'],
    check: () => Promise.reject(lost),
    start: () => {
      throw lost;
    },
    [Symbol.asyncDispose]: async () => {},
  };
  const warned: object[] = [];
  const logger = { ...silentLogger, warn: (fields: object) => void warned.push(fields) };
  const api = createNativeApi({ runner, workspace: '/var/empty', logger });
  const ask = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"input":"hello"}' };
  const answer = await api.fetch(new Request('http://127.0.0.1/v1/responses', ask));
  expect(answer.status).toBe(503);
  expect(await answer.text()).not.toContain('/home');
  expect(warned).toEqual([{ requestId: answer.headers.get('x-request-id'), code: 'runner.lost', why: lost.message }]);
});
