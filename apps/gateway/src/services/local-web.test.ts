import { afterEach, expect, it } from 'vitest';
import { createLocalWeb, type LocalWeb } from './local-web.ts';

const token = 'a-token-of-more-than-thirty-two-characters';
let web: LocalWeb | undefined;
afterEach(async () => {
  await web?.[Symbol.asyncDispose]();
  web = undefined;
});

async function open(): Promise<(path: string, headers?: Record<string, string>) => Promise<string>> {
  web = createLocalWeb({ port: 0, readToken: async () => token });
  web.mount('/', 'own', () => new Response('page'));
  web.mount('/tasks', 'token', async (request) => new Response(`tasks ${new URL(request.url).pathname}`));
  web.mount('/tasks/open', 'own', () => new Response('open'));
  const address = await web.open();
  return async (path, headers = {}) => {
    const answer = await fetch(`${address}${path}`, { headers });
    return answer.ok ? await answer.text() : String(answer.status);
  };
}

it('gives each path to the app that was mounted for it', async () => {
  const get = await open();
  const headers = { authorization: `Bearer ${token}` };
  expect([await get('/'), await get('/tasksx'), await get('/tasks/open/1')]).toEqual(['page', 'page', 'open']);
  expect([await get('/tasks', headers), await get('/tasks/a?b=c', headers)]).toEqual(['tasks /tasks', 'tasks /tasks/a']);
});

it('lets nobody to a guarded path without the token, nor a web page with it', async () => {
  const get = await open();
  expect([await get('/tasks'), await get('/tasks', { authorization: 'Bearer wrong' })]).toEqual(['401', '401']);
  const authorization = `Bearer ${token}`;
  expect(await get('/tasks', { authorization, origin: 'https://evil.example' })).toBe('403');
  expect(await get('/tasks', { authorization, 'sec-fetch-site': 'cross-site' })).toBe('403');
});

it('listens only where there is something to serve', async () => {
  web = createLocalWeb({ port: 0, readToken: async () => token });
  expect(await web.open()).toBeUndefined();
});
