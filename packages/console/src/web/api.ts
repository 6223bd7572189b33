/** The server said no, or could not be asked. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  /** 0: the server was not reached. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`api/${path}`, { ...init, credentials: 'same-origin' });
  } catch {
    throw new RequestFailed(0, '');
  }
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => undefined);
  const { message, remedy } = (body ?? {}) as { readonly message?: string; readonly remedy?: string };
  throw new RequestFailed(response.status, [message, remedy].filter(Boolean).join(' '));
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, signal ? { signal } : {});
  return (await response.json()) as T;
}

export async function post(path: string, body: unknown = {}): Promise<void> {
  await ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

export async function remove(path: string): Promise<void> {
  await ask(path, { method: 'DELETE', headers: { 'content-type': 'application/json' } });
}

/** Sends a file; answers with the name under which a message may carry it. */
export async function upload(chat: string, file: File): Promise<string> {
  const query = new URLSearchParams({ name: file.name, type: file.type });
  const response = await ask(`chats/${chat}/files?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });
  const { file: id } = (await response.json()) as { readonly file: string };
  return id;
}
