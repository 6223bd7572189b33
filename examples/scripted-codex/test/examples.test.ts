import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const examples = join(import.meta.dirname, '..', '..');
const users = readdirSync(examples).filter((name) => {
  const file = join(examples, name, 'package.json');
  try {
    return '@threadbridge/example-scripted-codex' in (JSON.parse(readFileSync(file, 'utf8')).dependencies ?? {});
  } catch {
    return false;
  }
});

it.each(users)('%s runs and finds what it expects', async (name) => {
  // Rejects unless it exits with 0.
  const { stdout } = await promisify(execFile)(process.execPath, ['main.ts'], { cwd: join(examples, name) });
  expect(stdout).not.toBe('');
});
