import { exitCodes } from '@threadbridge/gateway';
import { expect, it } from 'vitest';
import { exitCode } from './exit-code.ts';

it('means the same as in the gateway', () => {
  expect(exitCode).toEqual(exitCodes);
});
