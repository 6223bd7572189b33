import { expect, it } from 'vitest';
import * as root from '../src/index.ts';

it('exports these names', () => {
  expect(Object.keys(root).sort()).toEqual(['createFeishuChannel', 'domains', 'login', 'neededScopes']);
});
