import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

it('examines everything without a turn, and says so to programs, too', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const { code, stdout } = await runCli(['doctor', '--json'], place.environment);
  const { isHealthy, checks } = JSON.parse(stdout) as { isHealthy: boolean; checks: readonly { name: string; state: string }[] };
  expect([...new Set(checks.map(({ name }) => name))]).toEqual([
    'node',
    'config',
    'homes',
    'disk',
    'store',
    'workspace',
    'service',
    'codex',
    'login',
    'sandbox',
    'features',
  ]);
  // Whether commands can be confined, and what Codex thinks of that, is up to the machine that runs the tests.
  expect(checks.filter(({ name, state }) => name !== 'sandbox' && state === 'fail')).toEqual([]);
  expect(checks.find(({ name }) => name === 'store')?.state).toBe('ok');
  expect(isHealthy).toBe(code === 0);
  expect(place.model.requests).toEqual([]);
});

it('names what is missing, with the remedy', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({ codex: { home: 'isolated' }, workspaces: { default: '/' } });
  const { code, stdout } = await runCli(['doctor'], place.environment);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^fail +workspace +/m);
  expect(stdout).toMatch(/^fail +login +Codex is not logged in/m);
  expect(stdout).toContain('Log in: threadbridge login codex');
});

it('takes a missing login alone for what it is', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({ codex: { home: 'isolated' } });
  const { checks } = JSON.parse((await runCli(['doctor', '--json'], place.environment)).stdout) as {
    checks: readonly { state: string; name: string }[];
  };
  const failed = checks.filter(({ state }) => state === 'fail').map(({ name }) => name);
  expect(failed.filter((name) => name !== 'sandbox')).toEqual(['login']);
});

it('stops at a broken configuration', async () => {
  await using place = await openPlace();
  await place.configure({ language: 'fr' });
  const { code, stdout } = await runCli(['doctor'], place.environment);
  expect(code).toBe(2);
  expect(stdout).toMatch(/^fail +config +.*language/m);
  expect(stdout).not.toMatch(/^\w+ +codex/m);
});

it('lists the threads of the profile', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  expect(await runCli(['threads'], place.environment)).toMatchObject({ code: 0, stdout: 'No threads.\n' });
  const chat = startCli(['start', '--terminal'], place.environment);
  chat.child.stdin.end('remember the milk\n');
  await chat.end;
  const { code, stdout } = await runCli(['threads', '--json'], place.environment);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ threads: [{ title: 'remember the milk', cwd: place.workspace }] });
  expect((await runCli(['threads'], place.environment)).stdout).toMatch(
    /^[0-9a-f-]{36} {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}remember the milk {2}\(.*, threadbridge\)$/m,
  );
});
