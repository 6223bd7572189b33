import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

it('runs the fake Feishu, takes typed words, and stops when it is told to', async () => {
  const child = spawn(process.execPath, [main, 'feishu', '--port', '0', '--json'], {
    env: {},
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await lines.next()).value));
  const exited = once(child, 'exit');
  const ready = await next();
  expect(ready).toMatchObject({
    event: 'ready',
    domain: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    appId: expect.stringMatching(/^cli_[0-9a-f]{16}$/),
    appSecret: expect.any(String),
  });
  child.stdin.write('say hello\n');
  expect(await next()).toMatchObject({ event: 'done' });
  child.stdin.write('dance\n');
  expect(await next()).toMatchObject({ event: 'error', error: expect.stringContaining('no command') });
  expect((await fetch(`${ready.url}/fake/state`)).status).toBe(200);
  child.kill('SIGTERM');
  expect((await exited)[0]).toBe(0);
});
