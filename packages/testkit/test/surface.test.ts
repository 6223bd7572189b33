import { expect, it } from 'vitest';
import * as root from '../src/index.ts';
import * as model from '../src/model/index.ts';

it('exports these names, from the root and from /model', () => {
  const names = [
    'addFile',
    'builtInRules',
    'codexConfigFor',
    'contextLengthExceeded',
    'deleteFile',
    'editFile',
    'rateLimited',
    'startScriptedModel',
    'toConfigFlags',
    'usageLimitReached',
  ];
  expect(Object.keys(model).sort()).toEqual(names);
  expect(Object.keys(root).sort()).toEqual(names);
});
