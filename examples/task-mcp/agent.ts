import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Task, TaskNews } from '@threadbridge/task-api';

/** Has Codex do something, and waits for the end of it. `onWaiting`: a person has to answer first. */
export async function delegate(mcp: Client, prompt: string, onWaiting: (task: Task) => Promise<void>): Promise<Task> {
  const call = async (name: string, given: Record<string, unknown>) =>
    (await mcp.callTool({ name, arguments: given })).structuredContent;
  const { id } = (await call('task_start', { prompt, sandbox: 'workspace-write' })) as Task;
  const told = new Set<string>();
  for (let after = 0; ; ) {
    const { status, events } = (await call('task_watch', { id, after, waitMs: 10_000 })) as TaskNews;
    after = events.at(-1)?.seq ?? after;
    const task = (await call('task_status', { id })) as Task;
    if (status === 'completed' || status === 'failed' || status === 'interrupted') return task;
    const [request] = task.requests;
    if (request === undefined || told.has(request.id)) continue;
    told.add(request.id);
    await onWaiting(task);
  }
}
