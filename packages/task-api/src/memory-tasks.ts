import type { PlacedTaskEntry, StoredTask, TaskStore } from '@threadbridge/contract';

/** Tasks in this process; they end with it. For tests and trials. */
export function createMemoryTasks(): TaskStore {
  const tasks = new Map<string, string>();
  const entries: PlacedTaskEntry[] = [];
  const keys = new Set<string>();
  const all = () => Array.from(tasks.values(), (text) => JSON.parse(text) as StoredTask);
  const told = (task: string) => entries.filter((entry) => entry.task === task && entry.kind === 'told');
  return {
    async write(task, added = []) {
      tasks.set(task.id, JSON.stringify(task));
      for (const entry of added) {
        if (keys.has(entry.key)) continue;
        keys.add(entry.key);
        entries.push({ ...entry, seq: entries.length + 1 });
      }
    },
    load: async (id) => all().find((task) => task.id === id),
    async list({ before, limit }) {
      const newest = all().reverse();
      const place = before === undefined ? -1 : newest.findIndex(({ id }) => id === before);
      return before !== undefined && place === -1 ? [] : newest.slice(place + 1, place + 1 + limit);
    },
    async due(limit) {
      const due = all().filter(({ dueAt }) => dueAt !== undefined);
      return due.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).slice(0, limit);
    },
    asked: async (after, limit) => entries.filter(({ seq, kind }) => seq > after && kind === 'asked').slice(0, limit),
    told: async (task, after, limit) =>
      told(task)
        .filter(({ seq }) => seq > after)
        .slice(0, limit),
    latest: async (task, limit) => told(task).slice(-limit),
  };
}
