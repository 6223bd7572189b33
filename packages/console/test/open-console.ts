import { type Console, type ConsoleAccounts, createConsole } from '@threadbridge/console';
import { createFakeView, type FakeView } from './fake-view.ts';

export const token = 'a-token-that-nobody-guesses-0123456789';
const host = '127.0.0.1:8766';

/** A console without a socket, as a browser that was let in sees it. */
export interface Place {
  readonly console: Console;
  readonly view: FakeView;
  ask(path: string, init?: RequestInit & { readonly isStranger?: boolean }): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
}

export async function openConsole(accounts?: ConsoleAccounts): Promise<Place> {
  const view = createFakeView();
  const console = await createConsole({ view, token, ...(accounts && { accounts }) });
  const raw = (path: string, init: RequestInit, cookie?: string) => {
    const headers = new Headers(init.headers);
    if (!headers.has('host')) headers.set('host', host);
    if (cookie !== undefined) headers.set('cookie', cookie);
    return console.fetch(new Request(`http://${host}${path}`, { ...init, headers }));
  };
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const entered = await raw('/api/session', { ...json, body: JSON.stringify({ token }) });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    console,
    view,
    ask: (path, { isStranger, ...init } = {}) => raw(path, init, isStranger ? undefined : cookie),
    post: (path, body) => raw(path, { ...json, body: JSON.stringify(body) }, cookie),
  };
}

/** Reads server-sent events until enough came; then leaves. */
export async function readEvents(
  response: Response,
  count: number,
): Promise<readonly { readonly id: string; readonly data: unknown }[]> {
  const found: { readonly id: string; readonly data: unknown }[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(frame) ?? [];
      if (id !== undefined && data !== undefined) found.push({ id, data: JSON.parse(data) });
    }
    if (found.length >= count) break;
  }
  return found;
}
