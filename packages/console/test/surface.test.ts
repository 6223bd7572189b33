import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import * as root from '../src/index.ts';

it('exports this name and no other, at one address', () => {
  expect(Object.keys(root)).toEqual(['createConsole']);
  expect(Object.keys(manifest.exports)).toEqual(['.', './package.json']);
});
