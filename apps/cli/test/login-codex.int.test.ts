import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { startCli } from './support/run-cli.ts';

const key = 'sk-the-key-of-this-test';

it('logs Codex in by an API key from stdin, which Codex keeps and nobody is shown', async () => {
  await using place = await openPlace();
  await place.configure({});
  const file = join(place.home, 'profiles', 'default', 'codex-home', 'auth.json');
  const logIn = async (given: string, ...words: readonly string[]) => {
    const cli = startCli(['login', 'codex', '--with-api-key', ...words], place.environment);
    cli.child.stdin.end(given);
    const { code, stdout, stderr } = await cli.end;
    expect(stdout + stderr).not.toContain('sk-');
    return { code, stdout, stderr };
  };
  expect(await logIn('\n')).toMatchObject({ code: 2, stderr: expect.stringContaining('No API key was given') });
  await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });

  expect(await logIn(`${key}\n`)).toEqual({ code: 0, stdout: 'Codex is logged in.\n', stderr: '' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ OPENAI_API_KEY: key });
  const again = await logIn(`${key}-2`, '--json');
  expect([again.code, JSON.parse(again.stdout)]).toEqual([0, { type: 'complete', credentials: null }]);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ OPENAI_API_KEY: `${key}-2` });
});
