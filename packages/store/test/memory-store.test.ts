import { storeContract } from '@threadbridge/core/testing';
import { createMemoryDisk, createMemoryStore } from '../src/memory/index.ts';

storeContract('memory', async () => {
  const disk = createMemoryDisk();
  const open = async () => createMemoryStore({ disk });
  return { open, takeOver: open, remove: async () => {} };
});
