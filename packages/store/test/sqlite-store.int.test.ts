import { join } from 'node:path';
import { storeContract } from '@threadbridge/core/testing';
import { describe } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { rewriteAudit } from './rewrite-audit.ts';
import { canRunSqlite, clockAhead, temporaryDirectory } from './sqlite-place.ts';

describe.skipIf(!canRunSqlite)('SQLite', () => {
  storeContract('SQLite', async () => {
    const directory = await temporaryDirectory();
    const path = join(directory.path, 'store.db');
    return {
      open: () => createSqliteStore({ path }),
      rewriteAudit: async (edit) => rewriteAudit(path, edit),
      takeOver: () => createSqliteStore({ path, clock: clockAhead(3_600_000) }),
      remove: directory.remove,
    };
  });
});
