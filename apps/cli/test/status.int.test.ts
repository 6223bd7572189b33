import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

it('tells how a profile stands, running or not, and costs no turn', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const before = await runCli(['status'], place.environment);
  expect(before).toMatchObject({ code: 0, stdout: expect.stringContaining('Profile default is not running.') });
  const cli = startCli(['start', '--json'], place.environment);
  await cli.sees(/"event":"ready"/);
  expect((await runCli(['status'], place.environment)).stdout).toContain(`is running: process ${cli.child.pid}`);
  const state = JSON.parse((await runCli(['status', '--json'], place.environment)).stdout);
  expect(state).toMatchObject({ isRunning: true, pid: cli.child.pid, queue: 0, runs: [], processes: [{ kind: 'gateway' }] });
  expect(place.model.requests).toEqual([]);
  cli.child.kill('SIGTERM');
  expect((await cli.end).code).toBe(0);
});

it('shows each token once', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({ nativeApi: { enabled: true, port: 0 } });
  const first = await runCli(['status', '--show-tokens'], place.environment);
  expect(first.stdout).toMatch(/token of nativeApi: [\w-]{43} \(shown this once\)/);
  const token = /nativeApi: ([\w-]{43})/.exec(first.stdout)?.[1] ?? '';
  const second = await runCli(['status', '--show-tokens'], place.environment);
  expect(second.stdout).toContain('token of nativeApi: was shown at');
  expect(second.stdout).not.toContain(token);
});

it('prints the log, and goes on with what is written', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const cli = startCli(['start', '--json'], place.environment);
  await cli.sees(/"event":"ready"/);
  const follower = startCli(['logs', '-f'], place.environment);
  await follower.sees(/info {3}opened/);
  cli.child.kill('SIGTERM');
  await follower.sees(/info {3}closed/);
  follower.child.kill('SIGINT');
  expect((await follower.end).code).toBe(0);
  await cli.end;
  const warnings = await runCli(['logs', '--level', 'error', '--json'], place.environment);
  expect(warnings).toEqual({ code: 0, stdout: '', stderr: '' });
});

it('has a running gateway read its configuration again: by a command and by a signal', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  expect(await runCli(['config', 'reload'], place.environment)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not running'),
  });
  const cli = startCli(['start', '--json'], place.environment);
  await cli.sees(/"event":"ready"/);
  await place.configure({ permissions: { defaultAccess: 'read-only' }, retention: { messagesDays: 3 } });
  const { stdout } = await runCli(['config', 'reload'], place.environment);
  expect(stdout).toBe('In force now: permissions.defaultAccess.\nAfter a restart: retention.messagesDays.\n');
  const follower = startCli(['logs', '-f'], place.environment);
  await place.configure({});
  const again = follower.sees(/read again[\s\S]*read again {2}changed=\["permissions.defaultAccess"\]/);
  cli.child.kill('SIGHUP');
  await again;
  follower.child.kill('SIGTERM');
  await place.configure({ permissions: { defaultAccess: 'all' } });
  const refused = await runCli(['config', 'reload'], place.environment);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('permissions.defaultAccess') });
  cli.child.kill('SIGTERM');
  expect((await cli.end).code).toBe(0);
});
