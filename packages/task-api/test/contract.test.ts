import type { TaskStore } from '@threadbridge/contract';
import { channelContract } from '@threadbridge/contract/testing';
import { createMemoryTasks, createTaskService } from '../src/index.ts';

channelContract('a task', async () => {
  const store: TaskStore = createMemoryTasks();
  const open = () => createTaskService({ store, peek: async () => undefined });
  const { api } = open();
  return {
    connect: async () => open().channel,
    async write(text) {
      await api.start({ prompt: text, sandbox: 'read-only', approvals: 'untrusted', notify: [], dryRun: false }, 'program');
    },
    async read() {
      const { tasks } = await api.list();
      const told = await Promise.all(tasks.map(({ id }) => store.told(id, 0, 1_000)));
      return told.flat().flatMap(({ body }) => (body.type === 'message' ? String(body.text) : []));
    },
    close: async () => {},
  };
});
