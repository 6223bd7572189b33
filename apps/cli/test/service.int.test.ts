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
