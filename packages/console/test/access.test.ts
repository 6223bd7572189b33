import { createConsole } from '@threadbridge/console';
import { expect, it } from 'vitest';
import { createFakeView } from './fake-view.ts';
import { openConsole, token } from './open-console.ts';

it('shows a stranger the page and nothing else', async () => {
  const { ask } = await openConsole();
  expect((await ask('/', { isStranger: true })).status).toBe(200);
  expect(await (await ask('/api/session', { isStranger: true })).json()).toBeNull();
  for (const path of ['chats', 'chats/main', 'feed', 'status', 'runs', 'settings', 'audit', 'logins', 'chats/main/files/k/0'])
    expect((await ask(`/api/${path}`, { isStranger: true })).status, path).toBe(401);
});

it('lets in whoever shows the token, by a cookie that scripts cannot read, and lets nobody in by a wrong one', async () => {
  const { ask, post } = await openConsole();
  const wrong = await post('/api/session', { token: `${token}x` });
  expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
  const right = await post('/api/session', { token });
  expect(right.headers.get('set-cookie')).toMatch(
    /^threadbridge-console-8766=\d+\.[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
  );
  expect(await (await ask('/api/session')).json()).toEqual({ language: 'en', channel: 'console' });
});

it('takes no cookie that it did not sign, that is over, or that was signed with another token', async () => {
  const { ask } = await openConsole();
  const until = Date.now() + 60_000;
  const cookies = [`${until}.`, `${until}.AAAA`, '.', 'x.y', ''];
  for (const cookie of cookies) {
    const headers = { cookie: `threadbridge-console-8766=${cookie}` };
    expect((await ask('/api/status', { isStranger: true, headers })).status, cookie).toBe(401);
  }
  const now = { value: 1_000 };
  const clock = { now: () => now.value, sleep: () => new Promise<void>(() => {}) };
  const other = await createConsole({ view: createFakeView(), token, clock });
  const headers = new Headers({ host: 'localhost:1', 'content-type': 'application/json' });
  const enter = new Request('http://localhost:1/api/session', { method: 'POST', headers, body: JSON.stringify({ token }) });
  headers.set('cookie', (await other.fetch(enter)).headers.get('set-cookie')?.split(';')[0] ?? '');
  const status = async () => (await other.fetch(new Request('http://localhost:1/api/status', { headers }))).status;
  expect(await status()).toBe(200);
  now.value += 31 * 86_400_000;
  expect(await status()).toBe(401);
});

it('answers under no name but those of this computer, and to no page from elsewhere', async () => {
  const { ask, post } = await openConsole();
  const refused: readonly Record<string, string>[] = [
    { host: 'evil.example:8766' },
    { host: '127.0.0.1.evil.example' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:9999' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
  ];
  for (const headers of refused) expect((await ask('/api/status', { headers })).status, JSON.stringify(headers)).toBe(403);
  expect((await ask('/api/status', { headers: { origin: 'http://127.0.0.1:8766' } })).status).toBe(200);
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect((await ask('/', { headers: link })).status).toBe(200);
  expect((await post('/api/session', { token })).status).toBe(204);
});

it('changes nothing for what a form of another page could send', async () => {
  const { ask } = await openConsole();
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])
    expect(
      (await ask('/api/chats/main/messages', { method: 'POST', headers: { 'content-type': type }, body: '{}' })).status,
    ).toBe(415);
  expect((await ask('/api/session', { method: 'DELETE' })).status).toBe(415);
});

it('runs no script but its own, and is shown in no frame', async () => {
  const { ask } = await openConsole();
  for (const path of ['/', '/api/status', '/absent']) {
    const { headers } = await ask(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect((await ask('/api/status')).headers.get('cache-control')).toBe('no-store');
});

it('serves its own files by name alone', async () => {
  const { ask } = await openConsole();
  const page = await (await ask('/')).text();
  const [, script = ''] = /src="\.\/(assets\/[\w.-]+\.js)"/.exec(page) ?? [];
  expect((await ask(`/${script}`)).headers.get('cache-control')).toContain('immutable');
  for (const path of ['/../package.json', '/..%2f..%2fpackage.json', '/assets/..%5c..%5cpackage.json', '/index.html%00.js'])
    expect((await ask(path)).status, path).toBe(404);
});

it('takes no token that could be guessed', async () => {
  await expect(createConsole({ view: createFakeView(), token: 'short' })).rejects.toThrow(RangeError);
});

it('refuses everything once it is closed', async () => {
  const { console, ask } = await openConsole();
  console.close();
  expect((await ask('/api/status')).status).toBe(503);
});
