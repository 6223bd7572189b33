import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The native Codex of this machine, from the platform package beside `@openai/codex`; its npm launcher would double the process. */
export function findCodexBinary(): string {
  const launcher = createRequire(import.meta.url).resolve('@openai/codex/package.json');
  const platform = `@openai/codex-${process.platform}-${process.arch}`;
  const vendor = join(dirname(createRequire(launcher).resolve(`${platform}/package.json`)), 'vendor');
  const file = process.platform === 'win32' ? 'codex.exe' : 'codex';
  const found = readdirSync(vendor)
    .map((triple) => join(vendor, triple, 'bin', file))
    .find((path) => existsSync(path));
  if (!found) throw new Error(`${platform} is installed but holds no ${file} under ${vendor}; reinstall the dependencies.`);
  return found;
}
