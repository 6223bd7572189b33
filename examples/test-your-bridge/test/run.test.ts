import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('runs, and asserts its own result', async () => {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [main], { env: { PATH: process.env.PATH ?? '' } });
  expect(stdout).toContain('5 answers, no mistakes.');
});
