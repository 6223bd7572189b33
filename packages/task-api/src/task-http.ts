import type { Caller, TaskApi } from './task-api.ts';

export interface TaskHttpOptions {
  readonly api: TaskApi;
  /** Who asks. Default: always a program. */
  readonly callerOf?: (request: Request) => Promise<Caller>;
  /** Default 2 MiB. */
  readonly maxBodyBytes?: number;
  /** Of the OpenAPI document. Default `0.0.0`. */
  readonly version?: string;
}

/**
 * Tasks over HTTP, under `/tasks`, with their OpenAPI document at `/tasks/openapi.json`. It asks nobody for a token: put it behind something
 * that does. What it needs is loaded with the first request.
 */
export function createTaskHttp(options: TaskHttpOptions): { fetch(request: Request): Promise<Response> } {
  let loaded: Promise<{ fetch(request: Request): Response | Promise<Response> }> | undefined;
  const load = async () => (await import('./http-routes.ts')).createRoutes(options);
  return {
    async fetch(request) {
      loaded ??= load();
      return (await loaded).fetch(request);
    },
  };
}
