import { expect, it } from 'vitest';
import * as surface from '../src/index.ts';
import * as memory from '../src/memory/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'copySqliteStore',
    'createSqliteStore',
    'exportAudit',
    'openSqliteAudit',
    'verifyAudit',
  ]);
});

it('exports these names and no others under /memory', () => {
  expect(Object.keys(memory).sort()).toEqual(['createMemoryDisk', 'createMemoryStore']);
});
