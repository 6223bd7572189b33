import { once } from 'node:events';
import { chmod, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { startFakeIlink } from '@threadbridge/testkit/ilink';
import { describe, expect, it } from 'vitest';
import { examineService } from '../src/doctor/examine-service.ts';
import { examineStore } from '../src/doctor/examine-store.ts';
import type { Finding } from '../src/doctor/finding.ts';
import { servicePlan } from '../src/service/service-plan.ts';
import { textsIn } from '../src/texts/texts.ts';
import { openPlace, type Place } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

const texts = textsIn('en');
const isWindows = process.platform === 'win32';

/** What doctor says, and about one thing only. */
async function examine(
  place: Place,
): Promise<{ readonly code: number | null; about(name: Finding['name']): readonly Finding[] }> {
  const { code, stdout } = await runCli(['doctor', '--json'], place.environment);
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly Finding[] };
  return { code, about: (name) => checks.filter((finding) => finding.name === name) };
}

describe('doctor', { timeout: 120_000 }, () => {
  it('names who has a port that the profile wants, and says how to go on', async () => {
    await using place = await openPlace();
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    await place.configure({ nativeApi: { enabled: true, port } });
    const { code, about } = await examine(place);
    expect(code).toBe(1);
    const by = process.platform === 'linux' ? `process ${process.pid}` : 'is taken by';
    expect(about('ports')).toEqual([
      {
        ...{ name: 'ports', state: 'fail', text: expect.stringContaining(by) },
        remedy: 'Stop that one, or set nativeApi.port to another port.',
      },
    ]);
    holder.close();
    await once(holder, 'close');
    expect((await examine(place)).about('ports')).toMatchObject([{ state: 'ok', text: `native API: 127.0.0.1:${port} is free` }]);
  });

  it('works beside a running gateway, and knows what is served by it', async () => {
    await using place = await openPlace();
    await place.configure({ nativeApi: { enabled: true, port: 0 } });
    const gateway = startCli(['start', '--json'], place.environment);
    const [, address = ''] = await gateway.sees(/"nativeApi":"http:\/\/([\d.:]+)/);
    const { about } = await examine(place);
    expect(about('ports')).toMatchObject([{ state: 'ok', text: expect.stringContaining(`${address}, served by`) }]);
    expect(about('ports')[0]?.text).toContain(`process ${gateway.child.pid}`);
    expect(about('store')).toMatchObject([{ state: 'ok' }, { state: 'ok', text: expect.stringMatching(/^In use/) }]);
    expect(about('audit')).toMatchObject([{ state: 'ok', text: expect.stringMatching(/is whole/) }]);
    gateway.child.kill('SIGTERM');
    expect((await gateway.end).code).toBe(0);
  });

  it.skipIf(isWindows)('tells what is open to other users of the computer, and how to close it', async () => {
    await using place = await openPlace();
    await place.configure({});
    await runCli(['claim'], place.environment);
    const key = join(place.home, 'profiles/default/token-key');
    await chmod(place.home, 0o755);
    await chmod(key, 0o644);
    const { code, about } = await examine(place);
    expect(code).toBe(1);
    expect(about('homes').filter(({ state }) => state === 'fail')).toEqual([
      {
        ...{ name: 'homes', state: 'fail', text: `${place.home} is open to other users of this computer (755)` },
        remedy: `Close it: chmod 700 ${place.home}`,
      },
      {
        ...{ name: 'homes', state: 'fail', text: `${key} is open to other users of this computer (644)` },
        remedy: `Close it: chmod 600 ${key}`,
      },
    ]);
    await chmod(place.home, 0o700);
    await chmod(key, 0o600);
    expect((await examine(place)).about('homes').filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it('finds a store whose file was damaged, and a clock that was put back', async () => {
    await using place = await openPlace();
    await place.configure({});
    const chat = startCli(['start', '--terminal'], place.environment);
    chat.child.stdin.end('remember the milk\n');
    expect((await chat.end).code).toBe(0);
    const store = join(place.home, 'profiles/default/store.db');
    const whole = await examineStore(store, Date.now(), texts);
    expect(whole.map(({ name, state }) => `${name} ${state}`)).toEqual(['store ok', 'audit ok']);
    expect(await examineStore(store, Date.now() - 3_600_000, texts)).toMatchObject([
      { name: 'store' },
      { name: 'audit' },
      { name: 'clock', state: 'warn', text: expect.stringContaining('put back'), remedy: expect.any(String) },
    ]);
    const file = await open(store, 'r+');
    const { size } = await file.stat();
    // Everything behind the schema's page.
    await file.write(Buffer.alloc(size - 8_192, 0xa5), 0, size - 8_192, 8_192);
    await file.close();
    const { code, about } = await examine(place);
    expect(code).toBe(1);
    expect(about('store')[0]).toMatchObject({ state: 'fail', remedy: expect.stringContaining('backup') });
  });

  it('tells how far the clock is from that of the platform', async () => {
    await using place = await openPlace();
    const platform = createHttpServer((_, response) => {
      response.setHeader('date', new Date(Date.now() - 2 * 3_600_000).toUTCString()).end();
    });
    platform.listen(0, '127.0.0.1');
    await once(platform, 'listening');
    const { port } = platform.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}`;
    await place.configure({ channels: { wechat: { type: 'ilink', baseUrl } } });
    const { about } = await examine(place);
    expect(about('clock')).toMatchObject([
      { state: 'warn', text: expect.stringMatching(/clock is 120 min .*ahead of 127\.0\.0\.1:\d+, the platform of wechat/) },
    ]);
    platform.close();
  });

  it('says of a WeChat account that nobody is logged in, as whom somebody is, and that the key store cannot be read', async () => {
    await using place = await openPlace();
    await using fake = await startFakeIlink({ holdMs: 200 });
    await place.configure({ channels: { wechat: { type: 'ilink', baseUrl: fake.url } } });
    const absent = await examine(place);
    expect(absent.about('login')).toContainEqual({
      ...{ name: 'login', state: 'fail', text: 'wechat is not logged in.' },
      remedy: 'Log in: threadbridge login wechat',
    });
    const login = startCli(['login', 'wechat', '--json'], place.environment);
    await fake.phone.code();
    fake.phone.confirm();
    expect((await login.end).code).toBe(0);
    const { accountId } = fake.credentials;
    expect((await examine(place)).about('channel')).toEqual([
      { name: 'channel', state: 'ok', text: `wechat: Logged in as ${accountId}.` },
    ]);
    await writeFile(join(place.home, 'profiles/default/secrets.json.enc'), 'no secrets at all');
    expect((await examine(place)).about('login')).toContainEqual({
      ...{ name: 'login', state: 'fail', text: expect.stringMatching(/^wechat: The key store .* cannot be read/) },
      remedy: expect.any(String),
    });
  });

  it('says where values come from, naming the variables that overrule the file', async () => {
    await using place = await openPlace();
    await place.configure({ language: 'zh' });
    const { stdout } = await runCli(['doctor', '--lang', 'en', '--json'], {
      ...place.environment,
      CODEX_NATIVE_API_PORT: '0',
    });
    const [, origins] = (JSON.parse(stdout) as { checks: readonly Finding[] }).checks.filter(({ name }) => name === 'config');
    expect(origins?.text).toMatch(/^\d+ settings from the file, overruled by CODEX_NATIVE_API_PORT; the rest are defaults$/);
  });
});

it('knows a service that is not there, rests, runs, or starts something else', async () => {
  await using place = await openPlace();
  const target = {
    ...{ profile: 'default', node: process.execPath, main: '/opt/threadbridge/main.js', home: place.home },
    ...{ userHome: place.home, path: '/usr/bin' },
  };
  const plan = servicePlan('linux', target);
  const live = { pid: 7 } as Parameters<typeof examineService>[1];
  expect(await examineService(plan, undefined, texts)).toMatchObject([{ state: 'ok', text: /^not installed/ }].map(shape));
  await mkdir(join(plan.file, '..'), { recursive: true });
  // Installed from a shell with another search path.
  await writeFile(plan.file, servicePlan('linux', { ...target, path: '/bin' }).text);
  expect(await examineService(plan, undefined, texts)).toMatchObject([{ state: 'warn', remedy: /service start/ }].map(shape));
  expect(await examineService(plan, live, texts)).toMatchObject([{ state: 'ok', text: /process 7/ }].map(shape));
  await writeFile(plan.file, servicePlan('linux', { ...target, main: '/old/main.js' }).text);
  expect(await examineService(plan, live, texts)).toMatchObject([{ state: 'warn', remedy: /service install/ }].map(shape));
  await rm(plan.file);
});

function shape(wanted: Readonly<Record<string, string | RegExp>>): object {
  const entries = Object.entries(wanted).map(([name, value]) => [
    name,
    value instanceof RegExp ? expect.stringMatching(value) : value,
  ]);
  return Object.fromEntries(entries);
}
