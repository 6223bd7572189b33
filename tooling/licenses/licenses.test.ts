import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isAllowed, readLicenses, toPage } from './read-licenses.ts';

it('what comes along with our packages is under licences that are allowed, and docs/licenses.md names all of it', async () => {
  const packages = await readLicenses();
  expect(packages.filter(({ license }) => !isAllowed(license))).toEqual([]);
  const page = readFileSync(join(import.meta.dirname, '../../docs/licenses.md'), 'utf8');
  expect(page, 'write it anew: node tooling/licenses/write-licenses.ts').toBe(toPage(packages));
});

it('a licence with a choice is allowed by one of them, and one that asks for more is not', () => {
  expect(['MIT', '(MIT OR Apache-2.0)', 'MIT OR GPL-3.0-only'].map(isAllowed)).toEqual([true, true, true]);
  expect(['GPL-3.0-only', 'AGPL-3.0', 'UNLICENSED', 'MIT AND GPL-2.0-only', 'Unknown', ''].map(isAllowed)).toEqual(
    Array.from({ length: 6 }, () => false),
  );
});
