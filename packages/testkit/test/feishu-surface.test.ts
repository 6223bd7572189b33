import { expect, it } from 'vitest';
import * as feishu from '../src/feishu/index.ts';

it('exports these names from /feishu', () => {
  expect(Object.keys(feishu).sort()).toEqual(['countTables', 'feishuOperations', 'startFakeFeishu']);
});
