import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli } from './support/run-cli.ts';

it('shows what a service would be, and changes nothing', async () => {
  await using place = await openPlace();
  await place.configure({});
  const { code, stdout } = await runCli(['service', 'install', '--dry-run', '--json'], place.environment);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ isDone: false, text: expect.stringContaining(place.home) });
  const state = JSON.parse((await runCli(['service', 'status', '--json'], place.environment)).stdout);
  expect(state).toMatchObject({ isInstalled: false, isRunning: false });
  const refused = await runCli(['service', 'stop'], place.environment);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('threadbridge service install') });
});

it('leaves nothing where no service manager runs', { skip: hasManager() }, async () => {
  await using place = await openPlace();
  await place.configure({});
  const environment = { ...place.environment, HOME: place.home };
  expect(await runCli(['service', 'install'], environment)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('refused'),
  });
  expect(await runCli(['service', 'status'], environment)).toMatchObject({ stdout: expect.stringContaining('Not installed') });
  expect(await runCli(['service', 'uninstall'], environment)).toMatchObject({ code: 0, stdout: 'Not installed as a service.\n' });
});

/** Where one runs, a service would be made for the person who runs the tests. */
function hasManager(): boolean {
  return process.platform !== 'linux' || spawnSync('systemctl', ['--user', 'show-environment']).status === 0;
}

it('completes commands, and what follows them, in bash', async () => {
  const { stdout } = await runCli(['completion', 'bash']);
  const ask = (words: string) =>
    spawnSync(
      'bash',
      ['-c', `${stdout}\nCOMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _threadbridge; echo "\${COMPREPLY[@]}"`],
      {
        encoding: 'utf8',
      },
    ).stdout.trim();
  expect(ask('threadbridge stat')).toBe('status');
  expect(ask('threadbridge secret ro')).toBe('rotate');
  for (const shell of ['zsh', 'fish', 'powershell']) expect((await runCli(['completion', shell])).stdout).toContain('secret');
  expect((await runCli(['completion', 'tcsh'])).code).toBe(2);
});
