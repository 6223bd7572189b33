import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFileKeystore, loadConfig, resolveProfile } from '@threadbridge/gateway';
import { describe, expect, it } from 'vitest';
import { openPlace, type Place } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

const ask = (baseUrl: string, token: string, input = '[[say: hello]]', previous?: string) =>
  fetch(`${baseUrl}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ input, ...(previous !== undefined && { previous_response_id: previous }) }),
  });

const madeToken = async ({ environment }: Place) => {
  const { paths } = resolveProfile(await loadConfig({ environment }));
  return (await createFileKeystore(paths).get('nativeApi.token')) ?? '';
};

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

  it('makes a token where there is none, and says how to see it', async () => {
    await using place = await openPlace();
    await place.configure({});
    const cli = startCli(['native-api', 'serve', '--port', '0'], place.environment);
    const [, baseUrl = ''] = await cli.sees(/^(\S+) {2}\(its token: threadbridge status --show-tokens\)\n/);
    expect((await ask(baseUrl, await madeToken(place))).status).toBe(200);
    cli.child.kill('SIGINT');
    expect((await cli.end).code).toBe(130);
  });

  it('goes on from answers of the process before, and leaves a line about each run', async () => {
    await using place = await openPlace();
    await place.configure({});
    let previous: string | undefined;
    for (const text of ['one', 'two']) {
      const cli = startCli(['native-api', 'serve', '--port', '0'], place.environment);
      const [, baseUrl = ''] = await cli.sees(/^(\S+)/);
      const answer = await ask(baseUrl, await madeToken(place), text, previous);
      previous = ((await answer.json()) as { readonly id: string }).id;
      cli.child.kill('SIGTERM');
      await cli.end;
    }
    expect(place.model.requests.at(-1)?.userTexts).toEqual(['one', 'two']);
    const verdict = await runCli(['audit', 'verify', '--native-api', '--json'], place.environment);
    expect([verdict.code, JSON.parse(verdict.stdout)]).toMatchObject([0, { isWhole: true, count: 2 }]);
    const { stdout } = await runCli(['audit', 'export', '--native-api'], place.environment);
    expect(stdout.match(/"fingerprint":"[0-9a-f]{32}".*"outcome":"planned"/g)).toHaveLength(2);
  });

  it('is there once for a profile', async () => {
    await using place = await openPlace();
    await place.configure({});
    const first = startCli(['native-api', 'serve', '--port', '0', '--json'], place.environment);
    await first.sees(/ready/);
    const second = await runCli(['native-api', 'serve', '--port', '0'], place.environment);
    expect([second.code, second.stderr]).toEqual([5, expect.stringContaining(String(first.child.pid))]);
    first.child.kill('SIGTERM');
    await first.end;
  });

  it('refuses a port that is taken, and one that is none', async () => {
    await using place = await openPlace();
    await place.configure({});
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = await runCli(['native-api', 'serve', '--port', String(port)], place.environment);
    taken.close();
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(`cannot listen on 127.0.0.1:${port}`)]);
    expect((await runCli(['native-api', 'serve', '--port', 'many'], place.environment)).code).toBe(2);
  });
});

describe('the native API of the gateway', { timeout: 60_000 }, () => {
  it('goes on from answers of the gateway before, killed in between; its runs are in the one log', async () => {
    await using place = await openPlace();
    await place.configure({ nativeApi: { port: 0 } });
    let previous: string | undefined;
    for (const text of ['one', 'two', 'three']) {
      const cli = startCli(['start', '--json'], place.environment);
      const [, baseUrl = ''] = await cli.sees(/"nativeApi":"([^"]+)"/);
      const answer = await ask(baseUrl, await madeToken(place), text, previous);
      expect(answer.status).toBe(200);
      previous = ((await answer.json()) as { readonly id: string }).id;
      cli.child.kill('SIGKILL');
      await cli.end;
    }
    expect(place.model.requests.at(-1)?.userTexts).toEqual(['one', 'two', 'three']);
    const { stdout } = await runCli(['audit', 'verify', '--json'], place.environment);
    expect(JSON.parse(stdout)).toMatchObject({ isWhole: true, count: 3 });
  });
});
