import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as compat from '../src/compat/index.ts';
import * as sdk from '../src/sdk/index.ts';
import { pinnedVersion } from '../src/version.ts';

it('exports these names on sub-paths and no others', () => {
  expect(Object.keys(sdk)).toEqual(['createSdkRunner']);
  expect(Object.keys(compat)).toEqual(['checkCodex']);
});

it('the SDK sees the pinned program, so that there is one copy of it', () => {
  const here = createRequire(import.meta.url);
  const sdk = realpathSync(join(import.meta.dirname, '..', 'node_modules', '@openai', 'codex-sdk', 'package.json'));
  const manifest = createRequire(sdk).resolve('@openai/codex/package.json');
  expect(manifest).toBe(here.resolve('@openai/codex/package.json'));
  expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ version: pinnedVersion });
});

it('nothing loads the SDK but its first use', () => {
  const src = join(import.meta.dirname, '..', 'src');
  const imports = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(src, file), 'utf8').match(/^.*['"]@openai\/codex-sdk['"].*$/gm) ?? []);
  expect(imports.filter((line) => !/^import type |typeof import\(/.test(line))).toEqual([
    expect.stringContaining("import('@openai/codex-sdk').catch("),
  ]);
});
