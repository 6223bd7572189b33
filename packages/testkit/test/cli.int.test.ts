import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [main, ...args], { env: {}, stdio: ['pipe', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, exited, nextLine: async () => String((await lines.next()).value) };
}

it('prints the address and the Codex configuration, and runs until it is told to stop', async () => {
  const { child, exited, nextLine } = start('model', '--json');
  const { url, codexConfig } = JSON.parse(await nextLine());
  expect(codexConfig.model_providers.scripted.base_url).toBe(url);
  expect((await fetch(`${url}/models`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
});

it('opens a gate by a typed line', async () => {
  const { child, exited, nextLine } = start('model', '--json');
  const { url } = JSON.parse(await nextLine());
  const answer = await fetch(`${url}/responses`, {
    method: 'POST',
    body: JSON.stringify({ model: 'm', stream: true, input: '[[gate: door]] [[say: inside]]' }),
  });
  child.stdin.write('release door\n');
  expect(await answer.text()).toContain('inside');
  child.kill('SIGINT');
  expect(await exited).toBe(0);
});

it('goes on when its input ends', async () => {
  const { child, exited, nextLine } = start('model');
  const url = /http:\S+/.exec(await nextLine())?.[0];
  child.stdin.end();
  await once(child.stdin, 'close');
  expect((await fetch(`${url}/models`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
});

it('says what is wrong with a port', async () => {
  const { child, exited } = start('model', '--port', 'x');
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  expect(await exited).toBe(1);
  expect(stderr).toContain('a port is a number from 0 to 65535');
});
