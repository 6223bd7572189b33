import { GatewayError, type LoginMethod, type LoginStep } from '@threadbridge/contract';
import { seen, text } from '../convert/seen.ts';
import { toGatewayError } from '../errors.ts';
import { deferred } from '../rpc/deferred.ts';
import type { AppServer } from './app-server.ts';
import type { AccountLoginCompletedNotification, LoginAccountParams } from './protocol.gen.ts';

type Step = LoginStep<null>;
type Completed = AccountLoginCompletedNotification;

/** Codex writes the credentials into its home itself; a key goes to it over the connection only. */
export async function* login(use: () => Promise<AppServer>, method: LoginMethod, signal?: AbortSignal): AsyncGenerator<Step> {
  if (signal?.aborted) return;
  const server = await use();
  const ends: unknown[] = [];
  let wake = deferred<void>();
  const unlisten = server.onLogin((params) => {
    ends.push(params);
    wake.resolve();
  });
  const onAbort = () => wake.resolve();
  signal?.addEventListener('abort', onAbort);
  void server.closed.then(() => wake.resolve());
  let open: string | undefined;
  try {
    const reply = await server.client.call('account/login/start', toParams(method)).catch((error: unknown) => {
      throw withoutKey(toGatewayError(error, 'begin a login'), method);
    });
    const { loginId, verificationUrl, userCode, authUrl } =
      seen<Record<'loginId' | 'verificationUrl' | 'userCode' | 'authUrl', string>>(reply);
    open = text(loginId);
    const url = text(verificationUrl) ?? text(authUrl);
    const code = text(userCode);
    if (url !== undefined) yield { type: 'visit', url, ...(code !== undefined && { code }) };
    for (;;) {
      const end = ends.map((one) => seen<Completed>(one)).find((one) => open === undefined || one.loginId === open);
      if (end !== undefined) {
        open = undefined;
        yield toEnd(end.success === true, text(end.error), method);
        return;
      }
      if (signal?.aborted) return;
      if (server.isClosed) throw await server.closed;
      await wake.promise;
      wake = deferred<void>();
    }
  } finally {
    unlisten();
    signal?.removeEventListener('abort', onAbort);
    // Codex would else go on asking for the answer, or listen on its port.
    if (open !== undefined && !server.isClosed)
      await server.client.call('account/login/cancel', { loginId: open }).catch(() => {});
  }
}

function toParams(method: LoginMethod): LoginAccountParams {
  switch (method.type) {
    case 'apiKey':
      return { type: 'apiKey', apiKey: method.apiKey };
    case 'deviceCode':
      return { type: 'chatgptDeviceCode' };
    case 'browser':
      return { type: 'chatgpt' };
  }
}

function toEnd(isDone: boolean, error: string | undefined, method: LoginMethod): Step {
  if (isDone) return { type: 'complete', credentials: null };
  const message = hideKey(error ?? 'Codex gave no reason.', method);
  const reason = /expired/i.test(message) ? 'expired' : /timed? ?out/i.test(message) ? 'timeout' : 'refused';
  return { type: 'failed', reason, message };
}

function withoutKey(error: GatewayError, method: LoginMethod): GatewayError {
  const message = hideKey(error.message, method);
  if (message === error.message) return error;
  // The cause would still hold it.
  return new GatewayError(error.code, message, {
    certain: error.certain,
    retry: error.retry,
    ...(error.remedy !== undefined && { remedy: error.remedy }),
  });
}

function hideKey(message: string, method: LoginMethod): string {
  return method.type === 'apiKey' && method.apiKey !== '' ? message.replaceAll(method.apiKey, '[secret]') : message;
}
