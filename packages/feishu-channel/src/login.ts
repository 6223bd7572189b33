import type { LoginStep } from '@threadbridge/contract';
import { textAt } from './json.ts';
import { type HttpConfig, loadSdk } from './sdk/load-sdk.ts';

/** What a login gives, and what the channel wants. */
export interface FeishuCredentials {
  readonly appId: string;
  /** Secret. */
  readonly appSecret: string;
  readonly tenant: FeishuTenant;
  /** The open id of the person who scanned: the natural first owner. */
  readonly owner?: string;
}

/** Two clouds that know nothing of each other. */
export type FeishuTenant = 'feishu' | 'lark';

/** How far a login is. The last step is `complete` or `failed`. */
export type FeishuLoginStep = LoginStep<FeishuCredentials>;

export interface FeishuLoginOptions {
  readonly signal?: AbortSignal;
  /** Updates this app instead of making one. */
  readonly appId?: string;
  /** Scopes to ask for beyond those that such an app gets by itself. Unknown ones are dropped by the platform. */
  readonly scopes?: readonly string[];
  /** Base address of the accounts service, for tests. Default: the platform's. */
  readonly accountsUrl?: string;
}

/**
 * Makes an app by one scan: shows a code, waits until somebody confirms on the phone, gives the credentials. Whether events and callbacks
 * are on for such an app shows only when the first one comes.
 */
export async function* login(options: FeishuLoginOptions = {}): AsyncGenerator<FeishuLoginStep> {
  const sdk = await loadSdk();
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const steps: FeishuLoginStep[] = [];
  let wake = () => {};
  const tell = (step: FeishuLoginStep) => {
    steps.push(step);
    wake();
  };
  const base = options.accountsUrl;
  // The SDK knows only the platform's own addresses for this.
  const redirect =
    base === undefined ? undefined : sdk.defaultHttpInstance.interceptors.request.use((config) => toOther(config, base));
  let attempt = 0;
  let isOver = false;
  sdk
    .registerApp({
      source: 'threadbridge',
      signal,
      ...(options.appId !== undefined && { appId: options.appId }),
      ...(options.scopes !== undefined && { addons: { scopes: { tenant: options.scopes } } }),
      onQRCodeReady: ({ url }) => {
        attempt += 1;
        tell({ type: 'qr', url, attempt });
      },
      onStatusChange: ({ status }) => {
        if (status === 'domain_switched') tell({ type: 'redirected', host: 'accounts.larksuite.com' });
      },
    })
    .then(
      (app) => {
        const owner = app.user_info?.open_id;
        const credentials: FeishuCredentials = {
          appId: app.client_id,
          appSecret: app.client_secret,
          tenant: app.user_info?.tenant_brand === 'lark' ? 'lark' : 'feishu',
          ...(owner !== undefined && { owner }),
        };
        tell({ type: 'complete', credentials });
      },
      (error: unknown) => {
        if (!signal.aborted) tell(failure(error));
      },
    )
    .finally(() => {
      isOver = true;
      wake();
    });
  const abort = () => wake();
  signal.addEventListener('abort', abort);
  try {
    while (!signal.aborted) {
      const step = steps.shift();
      if (step !== undefined) yield step;
      else if (isOver) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    signal.removeEventListener('abort', abort);
    stop.abort();
    if (redirect !== undefined) sdk.defaultHttpInstance.interceptors.request.eject(redirect);
  }
}

function failure(error: unknown): FeishuLoginStep {
  const code = textAt(error, 'code');
  switch (code) {
    case 'access_denied':
      return { type: 'failed', reason: 'refused', message: 'The person declined on the phone.' };
    case 'expired_token':
      return { type: 'failed', reason: 'expired', message: 'Nobody scanned the code in time. Start again.' };
    default:
      return { type: 'failed', reason: 'refused', message: `Feishu did not make the app (${code ?? 'no reason given'}).` };
  }
}

function toOther(config: HttpConfig, base: string): HttpConfig {
  if (config.url !== undefined) config.url = config.url.replace(/^https:\/\/accounts\.(?:feishu\.cn|larksuite\.com)/, base);
  return config;
}
