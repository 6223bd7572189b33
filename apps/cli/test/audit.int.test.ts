import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

it('the audit log names each run’s policy and is whole, also beside a running gateway', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const chat = startCli(['start', '--terminal'], place.environment);
  chat.write('hello\n');
  await chat.sees(/first message of this thread/);
  const verdict = await runCli(['audit', 'verify', '--json'], place.environment);
  expect(JSON.parse(verdict.stdout)).toMatchObject({ isWhole: true, count: 1 });
  const { stdout, code } = await runCli(['audit', 'export'], place.environment);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    seq: 1,
    kind: 'run',
    outcome: 'planned',
    detail: { access: 'workspace', network: false },
  });
  expect(stdout).not.toContain('hello');
  chat.child.stdin.end();
  expect((await chat.end).code).toBe(0);
});

it('a profile that never ran has no log, and it is said', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const { code, stderr } = await runCli(['audit', 'verify'], place.environment);
  expect(code).not.toBe(0);
  expect(stderr).toContain('store.db');
});
