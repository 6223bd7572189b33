import { join } from 'node:path';
import { storeContract } from '@threadbridge/core/testing';
import { createSqliteStore } from '../src/index.ts';
import { clockAhead, temporaryDirectory } from './sqlite-place.ts';

storeContract('SQLite', async () => {
  const directory = await temporaryDirectory();
  const path = join(directory.path, 'store.db');
  return {
    open: () => createSqliteStore({ path }),
    takeOver: () => createSqliteStore({ path, clock: clockAhead(3_600_000) }),
    remove: directory.remove,
  };
});
