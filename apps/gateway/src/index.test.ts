import { expect, it } from 'vitest';
import * as surface from './index.ts';

it('offers just this', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'channelFactory',
    'describeProfile',
    'exitCodeOf',
    'exitCodes',
    'loadConfig',
    'openGateway',
    'originText',
    'resolveProfile',
  ]);
});
