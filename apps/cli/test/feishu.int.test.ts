import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFakeFeishu } from '@threadbridge/testkit/feishu';
import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

type Check = { readonly name: string; readonly state: string; readonly text: string };

it('FS-2: an app that exists is logged in by a secret from stdin; doctor names each missing scope and what was not seen yet', {
  timeout: 90_000,
}, async () => {
  await using place = await openPlace();
  await using fake = await startFakeFeishu();
  const feishu = { type: 'feishu', domain: fake.url };
  await place.configure({ channels: { feishu }, access: { owners: [`feishu:${fake.owner}`] } });
  const checks = async () => {
    const { stdout } = await runCli(['doctor', '--json'], place.environment);
    return (JSON.parse(stdout) as { checks: readonly Check[] }).checks;
  };
  const doctor = async () => (await checks()).filter(({ text }) => text.startsWith('feishu: '));
  expect(await checks()).toContainEqual({
    ...{ name: 'login', state: 'fail', text: 'feishu is not logged in.' },
    remedy: 'Log in: threadbridge login feishu',
  });

  const wrong = startCli(['login', 'feishu', '--app', fake.app.id, '--json'], place.environment);
  wrong.write('not-the-secret\n');
  expect(await wrong.end).toMatchObject({ code: 4, stdout: expect.stringContaining('"type":"failed"') });

  const cli = startCli(['login', 'feishu', '--app', fake.app.id, '--json'], place.environment);
  cli.write(`${fake.app.secret}\n`);
  const { code, stdout, stderr } = await cli.end;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({ type: 'complete', account: { accountId: fake.app.id, baseUrl: fake.url } });
  expect(await readFile(join(place.home, 'profiles/default/secrets.json.enc'), 'utf8')).not.toContain(fake.app.secret);

  fake.scopes.delete('cardkit:card:write');
  fake.scopes.delete('im:message:send_as_bot');
  const before = await doctor();
  expect(before.map(({ name, state }) => `${name} ${state}`)).toEqual([
    ...['channel ok', 'channel fail', 'channel warn', 'channel unknown', 'channel unknown', 'channel unknown'],
  ]);
  expect(before.map(({ text }) => text).join('\n')).toMatch(/im:message:send_as_bot[\s\S]*cardkit:card:write/);
  expect(before.at(-2)?.text).toMatch(/card\.action\.trigger was not seen yet/);
  fake.scopes.add('cardkit:card:write').add('im:message:send_as_bot');

  const running = startCli(['start', '--json'], place.environment);
  await running.sees(/"event":"ready"/);
  await fake.until(() => fake.connections.open === 1);
  fake.say('/whoami');
  await fake.until(() => fake.sent.length > 0);
  const while_ = await doctor();
  expect(while_.map(({ state }) => state)).toEqual(['ok', 'ok', 'unknown', 'unknown']);
  expect(while_[1]?.text).toMatch(/im\.message\.receive_v1 came/);
  running.child.kill('SIGTERM');
  expect((await running.end).code).toBe(0);
  expect(fake.mistakes).toEqual([]);
});

it('FS-2: a running gateway takes an account up that is logged in beside it', { timeout: 90_000 }, async () => {
  await using place = await openPlace();
  await using fake = await startFakeFeishu();
  const console = { enabled: true, port: 0 };
  const channels = { feishu: { type: 'feishu', domain: fake.url } };
  await place.configure({ channels, console, access: { owners: [`feishu:${fake.owner}`] } });
  const running = startCli(['start', '--json'], place.environment);
  await running.sees(/"channel":"feishu","state":"needs-login".*login feishu/);
  await running.sees(/"event":"ready".*"feishu":"needs-login"/);
  const cli = startCli(['login', 'feishu', '--app', fake.app.id], place.environment);
  cli.write(`${fake.app.secret}\n`);
  expect((await cli.end).code).toBe(0);
  await running.sees(/"channel":"feishu","state":"connected"/);
  await fake.until(() => fake.connections.open === 1);
  fake.say('/whoami');
  await fake.until(() => fake.sent.length > 0);
  running.child.kill('SIGTERM');
  expect((await running.end).code).toBe(0);
  expect(fake.mistakes).toEqual([]);
});

it('FS-2: one scan makes an app, tells each step, and says who is to be made an owner', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await using fake = await startFakeFeishu();
  await place.configure({ channels: { feishu: { type: 'feishu', domain: fake.url } } });
  const cli = startCli(['login', 'feishu'], place.environment);
  await cli.sees(/Scan this code/);
  fake.registration.confirm();
  const { code, stdout, stderr } = await cli.end;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Logged in as ${fake.app.id}`);
  expect(stdout).toContain(`threadbridge config set access.owners '["feishu:${fake.owner}"]'`);
  expect(stdout).not.toContain(fake.app.secret);
});

it('FS-4: a second process with the same app refuses and names the first, also from another state directory', {
  timeout: 60_000,
}, async () => {
  await using place = await openPlace();
  await using other = await openPlace();
  await using fake = await startFakeFeishu();
  const environment = (own: { readonly environment: Readonly<Record<string, string>> }) => ({
    ...own.environment,
    APP_SECRET: fake.app.secret,
  });
  const appSecret = { source: 'env', name: 'APP_SECRET' };
  const channels = { feishu: { type: 'feishu', appId: fake.app.id, appSecret, domain: fake.url } };
  await Promise.all([place, other].map((own) => own.configure({ channels })));
  const first = startCli(['start', '--json'], environment(place));
  await first.sees(/"event":"ready"/);
  const second = await runCli(['start', '--json'], environment(other));
  expect(second.code).toBe(5);
  expect(second.stderr).toContain(`in use by the profile default of ${place.home}, process ${first.child.pid}`);
  first.child.kill('SIGKILL');
  await first.end;
  const third = startCli(['start', '--json'], environment(other));
  await third.sees(/"event":"ready"/);
  third.child.kill('SIGTERM');
  expect((await third.end).code).toBe(0);
});

it('does not say connected before the platform was heard, and says so once it is there', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  const fake = await startFakeFeishu();
  await fake.close();
  const environment = { ...place.environment, APP_SECRET: fake.app.secret };
  const appSecret = { source: 'env', name: 'APP_SECRET' };
  await place.configure({ channels: { feishu: { type: 'feishu', appId: fake.app.id, appSecret, domain: fake.url } } });
  const running = startCli(['start', '--json'], environment);
  await running.sees(/"channel":"feishu","state":"unreachable".*"channel.unreachable".*tried again by itself/);
  await running.sees(/"event":"ready".*"feishu":"unreachable"/);
  const state = async () => (await runCli(['status'], environment)).stdout;
  expect(await state()).toContain('channel feishu: unreachable');
  await using again = await startFakeFeishu({ port: Number(new URL(fake.url).port), app: fake.app });
  await running.sees(/"channel":"feishu","state":"connected"/);
  await again.until(() => again.connections.open === 1);
  expect(await state()).toContain('channel feishu: connected');
  running.child.kill('SIGTERM');
  const { code, stdout } = await running.end;
  expect(code).toBe(0);
  expect(stdout.match(/"state":"\w+"/g)).toEqual(['"state":"unreachable"', '"state":"connected"', '"state":"ended"']);
});
