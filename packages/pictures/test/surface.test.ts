import { expect, it } from 'vitest';
import * as pictures from '../src/index.ts';

it('exports one name', () => {
  expect(Object.keys(pictures)).toEqual(['createPictureDrawer']);
});
