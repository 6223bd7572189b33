import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

it('keeps secrets by name, shows none, and forgets them', async () => {
  await using place = await openPlace();
  const keep = startCli(['secret', 'set', 'openai'], place.environment);
  keep.child.stdin.end('sk-the-secret-of-this-test\n');
  const kept = await keep.end;
  expect(kept.code).toBe(0);
  expect(await runCli(['secret', 'list'], place.environment)).toMatchObject({ code: 0, stdout: 'openai\n' });
  const file = join(place.home, 'profiles', 'default', 'secrets.json.enc');
  expect(await readFile(file, 'utf8')).not.toContain('sk-the-secret');
  expect((await stat(file)).mode & 0o077).toBe(0);
  expect(kept.stdout + kept.stderr).not.toContain('sk-the-secret');
  expect((await runCli(['secret', 'remove', 'openai'], place.environment)).code).toBe(0);
  expect((await runCli(['secret', 'remove', 'openai'], place.environment)).code).toBe(1);
  expect(await runCli(['secret', 'set', 'nothing'], place.environment)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Nothing was given'),
  });
});

it('replaces a token of ours, and shows the new one', async () => {
  await using place = await openPlace();
  await place.configure({ nativeApi: { enabled: true, port: 0 } });
  const token = /[\w-]{43}/;
  const [first] = token.exec((await runCli(['status', '--show-tokens'], place.environment)).stdout) ?? [];
  const [second] = token.exec((await runCli(['secret', 'rotate', 'nativeApi.token'], place.environment)).stdout) ?? [];
  expect(second).toMatch(token);
  expect(second).not.toBe(first);
  const named = JSON.parse((await runCli(['secret', 'list', '--json'], place.environment)).stdout) as { names: string[] };
  expect(named.names.filter((name) => name.startsWith('nativeApi'))).toEqual(['nativeApi.token']);
});

it('changes one value, keeps comments, and refuses what would be wrong', async () => {
  await using place = await openPlace();
  await writeFile(place.configFile, '{\n  // mine\n  "profiles": { "default": { "language": "en" } }\n}\n');
  expect((await runCli(['config', 'set', 'runs.maxConcurrent', '2'], place.environment)).code).toBe(0);
  expect((await runCli(['config', 'set', 'language', 'zh'], place.environment)).code).toBe(0);
  const second = await runCli(['config', 'set', 'language', 'en', '--profile', 'second'], place.environment);
  expect(second.stdout).toMatch(/^profiles\.second\.language is written/);
  expect((await runCli(['config', 'unset', 'language', '--profile', 'secnod'], place.environment)).stderr).toMatch(
    /did you mean "second"/,
  );
  const text = await readFile(place.configFile, 'utf8');
  expect(text).toContain('// mine');
  expect((await runCli(['config', 'get', 'runs.maxConcurrent'], place.environment)).stdout).toMatch(
    /^runs\.maxConcurrent {2}2 {2}.*config\.json:/,
  );
  const refused = await runCli(['config', 'set', 'language', 'fr'], place.environment);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('language') });
  expect(await runCli(['config', 'set', 'langage', 'zh'], place.environment)).toMatchObject({ code: 2 });
  expect(await readFile(place.configFile, 'utf8')).toBe(text);
  expect((await runCli(['config', 'unset', 'runs.maxConcurrent'], place.environment)).code).toBe(0);
  expect((await runCli(['config', 'get', 'runs.maxConcurrent'], place.environment)).stdout).toContain('default');
  expect(await runCli(['config', 'get', 'runs.maxConcurent', '--lang', 'en'], place.environment)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean runs.maxConcurrent'),
  });
});

it('makes the file where there is none', async () => {
  await using place = await openPlace();
  expect((await runCli(['config', 'set', 'workspaces.default', place.workspace], place.environment)).code).toBe(0);
  expect(JSON.parse(await readFile(place.configFile, 'utf8'))).toEqual({
    profiles: { default: { workspaces: { default: place.workspace } } },
  });
});
