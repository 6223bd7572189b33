import { expect, it } from 'vitest';
import { protocolVersion, toClientVersion } from './version.ts';

it('encodes the protocol’s version as the service expects it', () => {
  expect(toClientVersion(protocolVersion)).toBe('132105');
});
