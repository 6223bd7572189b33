import { isGatewayError } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { toStoreError } from './sqlite-error.ts';

const said = (code: string) => Object.assign(new Error('in the words of the driver'), { code });

it.each([
  ['SQLITE_BUSY', 'store.busy', true],
  ['SQLITE_BUSY_SNAPSHOT', 'store.busy', true],
  ['SQLITE_CORRUPT_INDEX', 'store.corrupt', true],
  ['SQLITE_NOTADB', 'store.corrupt', true],
  ['SQLITE_FULL', 'store.unwritable', true],
  ['SQLITE_READONLY_DBMOVED', 'store.unwritable', true],
  ['SQLITE_CANTOPEN', 'store.unwritable', true],
  ['EACCES', 'store.unwritable', true],
  ['SQLITE_IOERR_FSYNC', 'store.unwritable', false],
])('turns %s into %s', (code, expected, certain) => {
  const cause = said(code);
  const error = toStoreError(cause, 'commit', '/data/store.db');
  expect(isGatewayError(error)).toBe(true);
  expect(error).toMatchObject({ code: expected, certain, cause, message: expect.stringMatching(/commit.*\/data\/store\.db/) });
});

it.each([said('SQLITE_MISMATCH'), said('ERR_INVALID_ARG_TYPE'), new TypeError('a bug'), 'not even an error'])(
  'leaves a bug as it is: %s',
  (bug) => {
    expect(toStoreError(bug, 'commit', '/data/store.db')).toBe(bug);
  },
);
