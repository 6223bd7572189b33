import { taskContract } from '@threadbridge/contract/testing';
import { createMemoryTasks } from './memory-tasks.ts';

taskContract('memory', async () => ({ store: createMemoryTasks(), close: async () => {} }));
