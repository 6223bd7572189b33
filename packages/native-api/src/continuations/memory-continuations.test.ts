import { continuationContract } from '@threadbridge/contract/testing';
import { createMemoryContinuations } from './memory-continuations.ts';

continuationContract('memory', async (options) => ({ store: createMemoryContinuations(options), close: async () => {} }));
