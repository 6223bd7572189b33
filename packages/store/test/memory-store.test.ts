import { storeContract } from '@threadbridge/core/testing';
import { createMemoryDisk, createMemoryStore } from '../src/memory/index.ts';

storeContract('memory', async () => {
  const disk = createMemoryDisk();
  const open = async () => createMemoryStore({ disk });
  return {
    open,
    takeOver: open,
    async rewriteAudit(edit) {
      const records = disk.audit.map((text) => JSON.parse(text));
      disk.audit.splice(0, Number.POSITIVE_INFINITY, ...edit(records).map((record) => JSON.stringify(record)));
    },
    remove: async () => {},
  };
});
