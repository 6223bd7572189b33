import { expect, it } from 'vitest';
import * as surface from '../src/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'childEnvironment',
    'createCodexRunner',
    'findNativeBinary',
    'oldestVersion',
    'passedVariables',
    'pinnedVersion',
    'readServer',
    'stopServer',
  ]);
});
