import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { examinedVersions, judgeVersion, oldestVersion, parseVersion, pinnedVersion } from './version.ts';

it('the pinned version is the one this package depends on', () => {
  const manifest = createRequire(import.meta.url).resolve('@openai/codex/package.json');
  expect((JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version).toBe(pinnedVersion);
});

it('the examined versions are those there is a summary of', () => {
  const files = readdirSync(new URL('../compat', import.meta.url)).map((file) => file.replace('.json', ''));
  expect(files.sort()).toEqual([...examinedVersions, pinnedVersion]);
});

it.each([
  ['threadbridge/0.169.0 (Debian 12.0.0; x86_64) unknown (threadbridge; 1.2.3)', '0.169.0'],
  ['my client/1.0/0.155.0 (Mac OS)', '0.155.0'],
  ['nothing', undefined],
])('reads %s', (userAgent, version) => {
  expect(parseVersion(userAgent)).toBe(version);
});

it.each([
  [pinnedVersion, 'tested'],
  ['0.170.0', 'untested'],
  ['1.0.0', 'untested'],
  [oldestVersion, 'tested'],
  ['0.159.1', 'untested'],
  ['0.158.9', 'tooOld'],
  ['0.9.0', 'tooOld'],
  [undefined, 'untested'],
])('judges %s as %s', (version, verdict) => {
  expect(judgeVersion(version)).toBe(verdict);
});
