import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

it('shows what came in, what was decided and why, asks nobody, and tells no word', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const none = await runCli(['replay'], place.environment);
  expect(none.code).toBe(2);
  const chat = startCli(['start', '--terminal'], place.environment);
  chat.write('a word between us\n');
  await chat.sees(/first message of this thread/);
  const asked = place.model.requests.length;
  const { code, stdout } = await runCli(['replay', '--json'], place.environment);
  expect(code).toBe(0);
  expect(stdout).not.toContain('between us');
  const steps = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const run = steps.find(({ effects }) => effects.includes('run.start'));
  expect(run).toMatchObject({
    type: 'workspace.resolved',
    from: 'preparing',
    to: 'running',
    because: expect.arrayContaining([expect.any(String)]),
  });
  expect(steps.at(-1)).toMatchObject({ to: 'idle' });
  const told = await runCli(['replay', '--scope', run.scope, '-n', '3'], place.environment);
  expect(told.stdout).toMatch(/run\.progressed {2}running → idle/);
  expect(place.model.requests).toHaveLength(asked);
  chat.child.stdin.end();
  expect((await chat.end).code).toBe(0);
});
