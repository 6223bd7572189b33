import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { describe, expect, it } from 'vitest';
import { openPlace, type Place } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

const configured = (place: Place, fake: FakeIlink) =>
  place.configure({ channels: { wechat: { type: 'ilink', baseUrl: fake.url, cdnBaseUrl: fake.cdnUrl } } });

/** What is said meanwhile. */
async function logIn(place: Place, fake: FakeIlink): Promise<string> {
  const cli = startCli(['login', 'wechat'], place.environment);
  await fake.phone.code();
  fake.phone.confirm();
  const { code, stdout } = await cli.end;
  expect(code).toBe(0);
  return stdout;
}

describe('login', { timeout: 60_000 }, () => {
  it('draws the code, tells every state, and says who is to be made an owner', async () => {
    await using place = await openPlace();
    await using fake = await startFakeIlink({ holdMs: 200 });
    await configured(place, fake);
    const cli = startCli(['login', 'wechat'], place.environment);
    await fake.phone.code();
    await cli.sees(/Scan this code/);
    fake.phone.expire();
    await fake.phone.code();
    await cli.sees(/too old[\s\S]*new code/);
    fake.phone.scan();
    await cli.sees(/Scanned/);
    fake.phone.showNumber('42');
    await cli.sees(/Type the number/);
    cli.write('41\n');
    await cli.sees(/not the number/);
    const polls = () => fake.requests.filter(({ endpoint }) => endpoint === 'get_qrcode_status').length;
    // It does not ask while it waits for the person, so the next one brings the number.
    const before = polls();
    cli.write('42\n');
    await fake.until(() => polls() > before);
    fake.phone.confirm();
    const { code, stdout, stderr } = await cli.end;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { token, accountId } = fake.credentials;
    expect(stdout).toContain(`Logged in as ${accountId}`);
    const [, advised = ''] = /^ {2}threadbridge (config set access\.owners '.*')$/m.exec(stdout) ?? [];
    expect(stdout).toContain('Or send it, in a private chat, the line that `threadbridge claim` shows.');
    const words = advised.split(' ').map((word) => word.replaceAll("'", ''));
    expect((await runCli(words, place.environment)).code).toBe(0);
    const owners = await runCli(['config', 'get', 'access.owners', '--json'], place.environment);
    expect(JSON.parse(owners.stdout)).toMatchObject({ value: ['wechat:owner@im.wechat'] });
    expect(await logIn(place, fake)).not.toContain('access.owners');
    expect(stdout).toMatch(/^█+$/m);
    expect(stdout).not.toContain(token.split(':')[1]);
  });

  it('prints its steps as JSON without credentials; show and logout tell of it', async () => {
    await using place = await openPlace();
    await using fake = await startFakeIlink({ holdMs: 200 });
    await configured(place, fake);
    const show = async () => JSON.parse((await runCli(['wechat', 'show', '--json'], place.environment)).stdout);
    expect(await show()).toEqual({ accounts: [{ key: 'wechat', login: 'absent', baseUrl: fake.url }] });
    const cli = startCli(['login', 'wechat', '--json'], place.environment);
    await fake.phone.code();
    fake.phone.confirm();
    const { code, stdout } = await cli.end;
    const { token, accountId, userId } = fake.credentials;
    const account = { accountId, userId, baseUrl: fake.url };
    const steps = stdout.trimEnd().split('\n');
    expect(steps.map((line) => JSON.parse(line))).toEqual([
      { type: 'qr', url: expect.stringMatching(/^http/), attempt: 1 },
      { type: 'complete', account },
    ]);
    expect(code).toBe(0);
    expect(stdout).not.toContain(token.split(':')[1]);
    expect(await show()).toEqual({ accounts: [{ key: 'wechat', login: 'stored', ...account }] });
    const file = await readFile(join(place.home, 'profiles/default/secrets.json.enc'), 'utf8');
    expect(file).not.toContain(accountId);
    expect(await runCli(['logout', 'wechat', '--json'], place.environment)).toMatchObject({
      code: 0,
      stdout: '{"key":"wechat","wasStored":true}\n',
    });
    expect(await show()).toMatchObject({ accounts: [{ login: 'absent' }] });
    const start = await runCli(['start', '--json'], place.environment);
    expect(start.code).toBe(2);
    expect(start.stderr).toContain('Log in: threadbridge login wechat');
  });

  it('ends with 4 when nobody logged in, with 130 at Ctrl-C, with 2 for a channel that is not there', async () => {
    await using place = await openPlace();
    await using fake = await startFakeIlink({ holdMs: 200 });
    await configured(place, fake);
    const refused = startCli(['login', 'wechat'], place.environment);
    await fake.phone.code();
    fake.phone.redirect('evil.example');
    expect(await refused.end).toMatchObject({ code: 4, stderr: expect.stringContaining('Not logged in: ') });
    const interrupted = startCli(['login', 'wechat'], place.environment);
    await interrupted.sees(/Scan this code/);
    interrupted.child.kill('SIGINT');
    expect(await interrupted.end).toMatchObject({ code: 130, stderr: '' });
    expect(await runCli(['login', 'wehcat'], place.environment)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "wechat"?'),
    });
  });
});

it('probe names who writes, answers nobody, and leaves the words out', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await using fake = await startFakeIlink({ holdMs: 200 });
  await configured(place, fake);
  await logIn(place, fake);
  const probe = startCli(['wechat', 'probe', '--json'], place.environment);
  fake.say('a secret plan', { from: 'ann@im.wechat' });
  const [line] = await probe.sees(/^\{.*\}$/m);
  expect(JSON.parse(line)).toEqual({
    actor: 'wechat:ann@im.wechat',
    scope: 'wechat:ann@im.wechat',
    kind: 'private',
    at: expect.any(Number),
  });
  probe.child.kill('SIGINT');
  const { code, stdout } = await probe.end;
  expect(code).toBe(130);
  expect(stdout).not.toContain('secret plan');
  expect(fake.sent).toEqual([]);
  expect(fake.mistakes).toEqual([]);
});

it('takes the code that is shown after the key was replaced beside it, and no more the one before', {
  timeout: 60_000,
}, async () => {
  await using place = await openPlace();
  await using fake = await startFakeIlink({ holdMs: 200 });
  await configured(place, fake);
  await logIn(place, fake);
  const gateway = startCli(['start', '--json'], place.environment);
  await gateway.sees(/"ready"/);
  const shown = async () => JSON.parse((await runCli(['claim', '--json'], place.environment)).stdout) as { code: string };
  const before = await shown();
  expect((await runCli(['secret', 'rotate', 'tokens'], place.environment)).code).toBe(0);
  const after = await shown();
  expect(after.code).not.toBe(before.code);
  const answers = () => fake.sent.map(({ text }) => text).join('\n');
  fake.say(`/claim ${before.code}`, { from: 'ann@im.wechat' });
  await fake.until(() => answers().includes('That code was not taken'));
  fake.say(`/claim ${after.code}`, { from: 'ann@im.wechat' });
  await fake.until(() => answers().includes('This Threadbridge is yours now'));
  gateway.child.kill('SIGTERM');
  expect((await gateway.end).code).toBe(0);
});
