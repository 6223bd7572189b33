import { signal } from '@preact/signals';
import type { Hello } from '../../wire.ts';
import { get, post, RequestFailed, remove } from '../api.ts';

/** `away`: the server does not answer. */
export type Session = { readonly state: 'unknown' | 'out' | 'away' } | { readonly state: 'in'; readonly hello: Hello };

export const session = signal<Session>({ state: 'unknown' });

/** Asks whether this browser is let in. */
export async function checkSession(): Promise<void> {
  try {
    const hello = await get<Hello | null>('session');
    session.value = hello === null ? { state: 'out' } : { state: 'in', hello };
  } catch {
    session.value = { state: 'away' };
  }
}

/** False: that is not the token. */
export async function enter(token: string): Promise<boolean> {
  try {
    await post('session', { token });
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 401) return false;
    throw error;
  }
  await checkSession();
  return true;
}

export async function leave(): Promise<void> {
  await remove('session');
  session.value = { state: 'out' };
}

/** The token of a link, taken out of the address before anything else happens. */
export function takeToken(): string | undefined {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', location.pathname);
  return token && decodeURIComponent(token);
}
