import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { createTaskMcp, type TaskMcpOptions } from './task-mcp.ts';

export interface ServeTaskMcpOptions extends TaskMcpOptions {
  readonly stdin: Readable;
  readonly stdout: Writable;
}

/** The MCP server over standard input and output, for a client that starts it as a child. Resolves when the input ends or the signal aborts. */
export async function serveTaskMcp({ stdin, stdout, ...options }: ServeTaskMcpOptions, signal: AbortSignal): Promise<void> {
  const { StdioServerTransport } = await import('@modelcontextprotocol/server/stdio');
  const server = await createTaskMcp(options);
  const ended = once(stdin, 'end', { signal }).catch(() => {});
  await server.connect(new StdioServerTransport(stdin, stdout));
  await ended;
  await server.close();
}
