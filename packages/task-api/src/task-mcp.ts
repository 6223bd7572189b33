import type { McpServer } from '@modelcontextprotocol/server';
import type { TaskApi } from './task-api.ts';

export interface TaskMcpOptions {
  readonly api: TaskApi;
  /** Shown to clients. Default `0.0.0`. */
  readonly version?: string;
}

/**
 * A MCP server with a tool for each thing that can be done with tasks. Who calls a tool is a program: it answers no approval. The SDK is loaded
 * with the first one.
 */
export async function createTaskMcp(options: TaskMcpOptions): Promise<McpServer> {
  return (await import('./mcp-server.ts')).createServer(options);
}

/**
 * The same over streamable HTTP, without sessions: every request stands for itself. It asks nobody for a token: put it behind something
 * that does.
 */
export function createTaskMcpHttp(options: TaskMcpOptions): { fetch(request: Request): Promise<Response> } {
  return {
    async fetch(request) {
      const { WebStandardStreamableHTTPServerTransport } = await import('@modelcontextprotocol/server');
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
      const server = await createTaskMcp(options);
      await server.connect(transport);
      return await transport.handleRequest(request);
    },
  };
}
