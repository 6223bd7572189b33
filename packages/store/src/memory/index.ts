export { createMemoryDisk, type MemoryDisk, type MemoryEffect } from './memory-disk.ts';
export { createMemoryStore, type MemoryStoreOptions } from './memory-store.ts';
