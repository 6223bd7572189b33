import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCli, startCli } from './support/run-cli.ts';

/** Where the demo makes its own temporary directory; it has to be empty again afterwards. */
let temporary = '';
const demo = (...words: readonly string[]) => runCli(['demo', ...words], { TMPDIR: temporary });

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'threadbridge-cli-demo-'));
});
afterEach(async () => {
  const left = await readdir(temporary);
  await rm(temporary, { recursive: true, force: true });
  expect(left.filter((name) => name.startsWith('threadbridge-demo-'))).toEqual([]);
});

it('sends one message through the whole gateway and prints the exchange', { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await demo('--once', 'hello there');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('› hello there');
  expect(stdout).toContain('You wrote: “hello there”');
  expect(stdout).not.toContain('\u001b');
});

it('declines what Codex asks during one message, and says so', { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await demo('--once', 'write a file');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('(declined, because nobody sits here; --approve says yes)');
  expect(stdout).toContain('not changed (declined): hello.md');
});

it('approves it where that is wanted, and tells programs what happened', { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await demo('--once', 'write a file', '--approve', '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    prompt: 'write a file',
    status: 'completed',
    approvals: [{ answer: 'approved' }],
    steps: [{ type: 'file.change', status: 'completed', changes: [{ kind: 'add' }] }],
  });
});

it('answers commands without the model', { timeout: 60_000 }, async () => {
  expect(await demo('--once', '/status')).toMatchObject({ code: 0, stdout: expect.stringContaining('**Idle.**') });
});

it('fails where the run failed', { timeout: 60_000 }, async () => {
  const { code, stdout } = await demo('--once', '[[overflow]]');
  expect(code).toBe(1);
  expect(stdout).toContain('The turn failed');
});

it('lets nothing that a model says control the terminal', { timeout: 60_000 }, async () => {
  const { code, stdout } = await demo(
    '--once',
    `[[run: printf '\\033]0;owned\\007\\033[2J'; echo '\\033[31m']] [[say: a\u001b[2Jb\u009b31mc]]`,
  );
  expect(code).toBe(0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
});

it('gives a tour without a terminal, every step of which happened', { timeout: 120_000 }, async () => {
  const { code, stdout, stderr } = await demo();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const headlines = Array.from(stdout.matchAll(/^\d\. .+$/gm), ([text]) => text);
  expect(headlines).toHaveLength(5);
  expect(stdout).not.toContain('NOT TRUE');
  expect(stdout.match(/^ok {2}/gm)).toHaveLength(8);
  expect(stdout).toMatch(/^\+# Hello$/m);
  expect(stdout).toMatch(/^› \/approve \w+$/m);
});

it('keeps what it is told to keep, and goes on there', { timeout: 120_000 }, async () => {
  const kept = join(temporary, 'kept');
  await demo('--once', 'write a file', '--approve', '--keep', kept);
  expect(await readFile(join(kept, 'workspace', 'hello.md'), 'utf8')).toContain('# Hello');
  expect((await demo('--once', 'and now?', '--keep', kept)).stdout).toContain('your first one was “write a file”');
});

it('cleans up after Ctrl-C', { timeout: 60_000 }, async () => {
  const cli = startCli(['demo', '--once', 'count slowly'], { TMPDIR: temporary });
  await cli.sees(/› count slowly/);
  cli.child.kill('SIGINT');
  expect((await cli.end).code).toBe(130);
});

it('cleans up when its reader goes away', { timeout: 60_000 }, async () => {
  const cli = startCli(['demo', '--tour'], { TMPDIR: temporary });
  await cli.sees(/Threadbridge demo/);
  cli.child.stdout.destroy();
  await cli.end;
});
