import { expect, it } from 'vitest';
import * as ilink from '../src/ilink/index.ts';

it('exports one name from /ilink', () => {
  expect(Object.keys(ilink)).toEqual(['startFakeIlink']);
});
