import { storeContract } from '@threadbridge/core/testing';
import { describe } from 'vitest';
import { createSqliteStore } from '../src/index.ts';
import { rewriteAudit } from './rewrite-audit.ts';
import { canRunSqlite, clockAhead, openPlace } from './sqlite-place.ts';

describe.skipIf(!canRunSqlite)('SQLite', () => {
  storeContract('SQLite', async () => {
    const { path, [Symbol.asyncDispose]: remove } = await openPlace();
    return {
      open: () => createSqliteStore({ path }),
      rewriteAudit: async (edit) => rewriteAudit(path, edit),
      takeOver: () => createSqliteStore({ path, clock: clockAhead(3_600_000) }),
      remove: async () => remove(),
    };
  });
});
