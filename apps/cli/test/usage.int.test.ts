import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli } from './support/run-cli.ts';

it.each([
  ['demo', ['dmeo', '--once', 'x']],
  ['demo', ['dmeo', '--help']],
  ['demo', ['--profile', 'team', 'dmeo', '-h']],
  ['demo', ['help', 'dmeo']],
  ['show', ['config', 'shwo', '--help']],
])('names the nearest command, %s for %j', async (meant, words) => {
  const asked = meant === 'demo' ? 'dmeo' : 'shwo';
  expect(await runCli(words)).toEqual({
    code: 2,
    stdout: '',
    stderr: `threadbridge: there is no command "${asked}"; did you mean "${meant}"? \`threadbridge --help\` lists what there is.\n`,
  });
});

it.each([[['help']], [['--help']], [['help', 'demo']], [['login', 'anything', '--help']], [['demo', 'dmeo', '--help']]])(
  'helps with what there is: %j',
  async (words) => {
    expect(await runCli(words)).toMatchObject({ code: 0, stderr: '' });
  },
);

it.each([
  ['an unknown option', ['demo', '--bogus']],
  ['an option without its value', ['demo', '--once']],
  ['two ways at once', ['login', 'codex', '--browser', '--with-api-key']],
  ['an option that is for Codex', ['login', 'wechat', '--with-api-key']],
  ['an option that is for Feishu', ['login', 'codex', '--app', 'cli_1']],
  ['too many words', ['doctor', 'now']],
  ['an unknown part of a command', ['config', 'shwo']],
  ['a value that is none', ['threads', '--limit', 'many']],
  ['a number of lines that is not one', ['logs', '-n', '0x10']],
  ['an empty message', ['demo', '--once', ' ']],
])('refuses %s in one line with exit code 2', async (_, words) => {
  const { code, stdout, stderr } = await runCli(words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  const chinese = await runCli(words, { LANG: 'zh_CN.UTF-8' });
  expect({ code: chinese.code, stdout: chinese.stdout }).toEqual({ code: 2, stdout: '' });
  expect(chinese.stderr).toMatch(/^threadbridge: .*`threadbridge --help` 列出全部命令。\n$/);
  expect(chinese.stderr).not.toMatch(/invalid|missing|unknown|Wanted|Allowed|too many|cannot/);
});

it('prints its help when nothing is asked', async () => {
  const { code, stdout } = await runCli([]);
  expect(code).toBe(0);
  for (const name of ['demo', 'start', 'doctor', 'config', 'threads']) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
});

it('prints its version', async () => {
  expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+/);
});

it('names the place and the remedy of a mistake in the configuration, without a stack', { timeout: 60_000 }, async () => {
  await using place = await openPlace();
  await writeFile(place.configFile, '{\n  "profiles": { "default": { "languag": "en" } }\n}\n');
  for (const words of [['config', 'check'], ['start'], ['threads']]) {
    const { code, stderr } = await runCli(words, place.environment);
    expect(code).toBe(2);
    expect(stderr).toContain(`${place.configFile}:2:`);
    expect(stderr).toContain('language');
    expect(stderr).not.toMatch(/^\s+at /m);
  }
  expect((await runCli(['config', 'check', '--debug'], place.environment)).stderr).toMatch(/^\s+at /m);
  // To mend it one has to find it.
  expect(await runCli(['config', 'path'], place.environment)).toMatchObject({ code: 0, stdout: `${place.configFile}\n` });
});

it('shows each value with its origin', async () => {
  await using place = await openPlace();
  await place.configure({ language: 'zh' });
  const { stdout } = await runCli(['config', 'show'], place.environment);
  expect(stdout).toMatch(new RegExp(`^language +"zh" +${place.configFile}:1:`, 'm'));
  expect(stdout).toMatch(/^permissions\.network +false +default$/m);
  const json = JSON.parse((await runCli(['config', 'show', '--json'], place.environment)).stdout);
  expect(json).toMatchObject({ profile: 'default', file: place.configFile, hasFile: true });
  expect(json.settings).toContainEqual({ path: 'permissions.network', value: false, origin: 'default' });
});

it('says in one line that an older Node is too old, and touches nothing that needs a newer one', async () => {
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  // The check reads the version that the process reports of itself; an older Node is played by changing that.
  const older = 'Object.defineProperty(process.versions, "node", { value: "20.20.2" });';
  const run = promisify(execFile)(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(older)}`,
    main,
    'demo',
  ]);
  const refused = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'threadbridge: needs Node 22.14 or newer and was started with 20.20.2. Install a newer one from https://nodejs.org\n',
  });
});
