import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as root from '../src/index.ts';

it('exports these names', () => {
  expect(Object.keys(root).sort()).toEqual([
    'createBudget',
    'createDeliveryLedger',
    'createFileStorage',
    'createIlinkChannel',
    'defaultBaseUrl',
    'login',
  ]);
});

it('depends on the contract alone', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Record<string, object>;
  expect(Object.keys(manifest.dependencies ?? {})).toEqual(['@threadbridge/contract']);
});
