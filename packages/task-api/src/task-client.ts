import type { Task, TaskAnswer, TaskNews, TaskPage, TaskWishInput } from './task.ts';
import { type TaskApi, TaskError, type TaskErrorCode } from './task-api.ts';

export interface TaskClientOptions {
  /** `http://127.0.0.1:8766` */
  readonly baseUrl: string;
  readonly token: string;
  /** Sent with every request, beside the token. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: that of the platform. */
  readonly fetch?: typeof fetch;
}

const codes: readonly TaskErrorCode[] = ['invalid', 'unauthorized', 'refused', 'not_found', 'conflict', 'unavailable'];

/** The tasks of a gateway, over HTTP. The server decides who the caller is. Its calls reject with a `TaskError`; `unavailable` where nobody answers. */
export function createTaskClient({ baseUrl, token, headers, fetch: send = fetch }: TaskClientOptions): TaskApi {
  async function call<T>(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    more: { readonly key?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<T> {
    const init: RequestInit = {
      method,
      headers: {
        ...headers,
        authorization: `Bearer ${token}`,
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...(more.key !== undefined && { 'idempotency-key': more.key }),
      },
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
      ...(more.signal && { signal: more.signal }),
    };
    const answer = await send(`${baseUrl}/tasks${path}`, init).catch((cause: unknown) => {
      if (more.signal?.aborted) throw cause;
      throw new TaskError('unavailable', `No gateway answers at ${baseUrl}. Start it: threadbridge start.`, { cause });
    });
    const said: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return said as T;
    const { code, message } =
      (said as { readonly error?: { readonly code?: string; readonly message?: string } } | undefined)?.error ?? {};
    const known = codes.find((each) => each === code) ?? (answer.status === 401 ? 'unauthorized' : 'unavailable');
    if (known === 'unauthorized')
      throw new TaskError(known, `${baseUrl} does not take this token; perhaps the gateway of another profile is there.`);
    throw new TaskError(known, message ?? `The gateway answered ${answer.status}.`);
  }

  return {
    start: (wish: TaskWishInput, _, key) => call<Task>('POST', '', wish, { key }),
    status: (id) => call<Task>('GET', `/${encodeURIComponent(id)}`),
    list: ({ before, limit } = {}) =>
      call<TaskPage>(
        'GET',
        `?${new URLSearchParams({ ...(before !== undefined && { before }), ...(limit !== undefined && { limit: String(limit) }) })}`,
      ),
    steer: (id, text) => call<Task>('POST', `/${encodeURIComponent(id)}/steer`, { text }),
    interrupt: (id) => call<Task>('POST', `/${encodeURIComponent(id)}/interrupt`),
    respond: (id, request, answer: TaskAnswer) => call<Task>('POST', `/${encodeURIComponent(id)}/respond`, { request, answer }),
    renotify: (id, notice) => call<Task>('POST', `/${encodeURIComponent(id)}/notices/${encodeURIComponent(notice)}/retry`),
    watch: (id, after, waitMs, signal) =>
      call<TaskNews>('GET', `/${encodeURIComponent(id)}/events?after=${after}&waitMs=${waitMs}`, undefined, { signal }),
  };
}
