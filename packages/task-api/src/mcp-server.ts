import { z } from '@hono/zod-openapi';
import { McpServer } from '@modelcontextprotocol/server';
import {
  answerSchema,
  requestNameSchema,
  steerTextSchema,
  taskNewsSchema,
  taskPageSchema,
  taskSchema,
  taskWishSchema,
  wishKeySchema,
} from './task.ts';
import { longestWaitMs, TaskError } from './task-api.ts';
import type { TaskMcpOptions } from './task-mcp.ts';

const id = z.string().describe('Id of the task, from task_start or task_list.');

/** The server with its tools. */
export function createServer({ api, version = '0.0.0' }: TaskMcpOptions): McpServer {
  const server = new McpServer(
    { name: 'threadbridge', title: 'Threadbridge tasks', version },
    {
      instructions:
        'Starts and follows Codex tasks on this computer. What a task asks is answered by a person; tell them and wait with task_watch.',
    },
  );
  const reads = { readOnlyHint: true, openWorldHint: false } as const;
  const acts = { readOnlyHint: false, destructiveHint: false, openWorldHint: false } as const;

  server.registerTool(
    'task_start',
    {
      title: 'Start a task',
      description:
        'Asks Codex to do something on this computer and returns at once. Read-only and asking for everything unless said otherwise; full access and never asking are not to be had.',
      inputSchema: taskWishSchema.extend({ key: wishKeySchema }),
      outputSchema: taskSchema,
      annotations: acts,
    },
    ({ key, ...wish }) => told(() => api.start(wish, 'program', key)),
  );
  server.registerTool(
    'task_status',
    {
      ...{ title: 'How a task stands', description: 'The answer so far, the latest events, and what waits for a person.' },
      ...{ inputSchema: z.object({ id }), outputSchema: taskSchema, annotations: reads },
    },
    (args) => told(() => api.status(args.id)),
  );
  server.registerTool(
    'task_list',
    {
      ...{ title: 'List tasks', description: 'The newest first.' },
      inputSchema: z.object({ before: z.string().optional(), limit: z.int().min(1).max(100).default(20) }),
      ...{ outputSchema: taskPageSchema, annotations: reads },
    },
    ({ before, limit }) => told(() => api.list({ limit, ...(before !== undefined && { before }) })),
  );
  server.registerTool(
    'task_steer',
    {
      ...{ title: 'Steer a task', description: 'Puts words into the turn that is running.' },
      ...{ inputSchema: z.object({ id, text: steerTextSchema }), outputSchema: taskSchema, annotations: acts },
    },
    (args) => told(() => api.steer(args.id, args.text, 'program')),
  );
  server.registerTool(
    'task_interrupt',
    {
      ...{ title: 'End a task', description: 'Interrupts the turn; what was done stays done.' },
      ...{ inputSchema: z.object({ id }), outputSchema: taskSchema, annotations: acts },
    },
    (args) => told(() => api.interrupt(args.id, 'program')),
  );
  server.registerTool(
    'task_respond',
    {
      title: 'Answer what a task asks',
      description: 'Refused unless the owner of this computer lets programs answer: what a model says is no approval.',
      inputSchema: z.object({ id, request: requestNameSchema, answer: answerSchema }),
      ...{ outputSchema: taskSchema, annotations: { ...acts, destructiveHint: true } },
    },
    (args) => told(() => api.respond(args.id, args.request, args.answer, 'program')),
  );
  server.registerTool(
    'task_watch',
    {
      ...{ title: 'Wait for news of a task', description: 'Returns the events behind `after`, at the latest after `waitMs`.' },
      inputSchema: z.object({ id, after: z.int().min(0).default(0), waitMs: z.int().min(0).max(longestWaitMs).default(20_000) }),
      ...{ outputSchema: taskNewsSchema, annotations: reads },
    },
    (args, { mcpReq: { signal } }) => told(() => api.watch(args.id, args.after, args.waitMs, signal)),
  );
  return server;
}

async function told(work: () => Promise<object>) {
  try {
    const value = await work();
    return { content: [{ type: 'text' as const, text: JSON.stringify(value) }], structuredContent: { ...value } };
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    return { content: [{ type: 'text' as const, text: `${error.code}: ${error.message}` }], isError: true };
  }
}
