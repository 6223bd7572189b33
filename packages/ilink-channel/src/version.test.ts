import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { packageVersion, protocolVersion, toClientVersion } from './version.ts';

it('is that of the manifest', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  expect(packageVersion).toBe(manifest.version);
});

it('encodes the protocol’s version as the service expects it', () => {
  expect(toClientVersion(protocolVersion)).toBe('132105');
});
