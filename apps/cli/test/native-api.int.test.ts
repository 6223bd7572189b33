import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

const ask = (baseUrl: string, token: string) =>
  fetch(`${baseUrl}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ input: '[[say: hello]]' }),
  });

describe('native-api serve', { timeout: 60_000 }, () => {
  it('prints where it listens, answers, and ends in good order', async () => {
    await using place = await openPlace();
    await place.configure({});
    const environment = { ...place.environment, CODEX_NATIVE_API_AUTH_TOKEN: 'the-token', CODEX_NATIVE_API_PORT: '0' };
    const cli = startCli(['native-api', 'serve', '--json'], environment);
    const [line] = await cli.sees(/^.*\n/);
    const ready = JSON.parse(line) as { event: string; baseUrl: string };
    expect(ready).toEqual({ event: 'ready', baseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1$/) });
    expect((await ask(ready.baseUrl, 'wrong')).status).toBe(401);
    const answer = await ask(ready.baseUrl, 'the-token');
    expect(await answer.json()).toMatchObject({
      output: [{ content: [{ text: 'hello' }] }],
      native_api: { request_target: { profile: 'default' } },
    });
    cli.child.kill('SIGTERM');
    const { code, stdout, stderr } = await cli.end;
    expect([code, stdout, stderr]).toEqual([0, line, '']);
    await expect(fetch(`${ready.baseUrl}/health`)).rejects.toThrow();
  });

  it('makes a token where there is none, and says where it is', async () => {
    await using place = await openPlace();
    await place.configure({});
    const cli = startCli(['native-api', 'serve', '--port', '0'], place.environment);
    const [, baseUrl = '', file = ''] = await cli.sees(/^(\S+) {2}\(the token is in (.+)\)\n/);
    expect(file.startsWith(join(place.home, 'profiles', 'default'))).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await ask(baseUrl, await readFile(file, 'utf8'))).status).toBe(200);
    cli.child.kill('SIGINT');
    expect((await cli.end).code).toBe(130);
  });

  it('refuses a port that is taken, and one that is none', async () => {
    await using place = await openPlace();
    await place.configure({});
    const first = startCli(['native-api', 'serve', '--port', '0', '--json'], place.environment);
    const [, port = ''] = await first.sees(/127\.0\.0\.1:(\d+)/);
    const second = await runCli(['native-api', 'serve', '--port', port], place.environment);
    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining(`cannot listen on 127.0.0.1:${port}`)]);
    expect((await runCli(['native-api', 'serve', '--port', 'many'], place.environment)).code).toBe(2);
    first.child.kill('SIGTERM');
    await first.end;
  });
});
