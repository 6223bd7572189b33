import { type Clock, GatewayError, type JsonObject, type Logger } from '@threadbridge/contract';
import { refused, unreachable } from '../errors.ts';
import { isObject, numberAt, parseJson, textAt } from '../json.ts';
import { type HttpInstance, loadSdk, type Sdk, type SdkLogger, type WholeAnswer } from '../sdk/load-sdk.ts';
import { createSdkLogger } from '../sdk/sdk-logger.ts';

export interface ApiOptions {
  readonly appId: string;
  readonly appSecret: string;
  /** Base address, without a slash at the end. */
  readonly domain: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeoutMs: number;
}

/** One call of the open platform. */
export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind `/open-apis/`. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly data?: JsonObject;
  readonly signal?: AbortSignal | undefined;
}

/** The loaded SDK with what every user of it needs. */
export interface LoadedSdk {
  readonly sdk: Sdk;
  readonly http: HttpInstance;
  readonly logger: SdkLogger;
}

export interface Api {
  readonly options: ApiOptions;
  sdk(): Promise<LoadedSdk>;
  /** Carries out a call and gives the whole answer, or throws a `GatewayError`. A dead token is renewed once. */
  call(call: ApiCall): Promise<JsonObject>;
  /** Uploads a form and gives `data`. */
  upload(path: string, form: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<JsonObject>;
  /** Opens a download. */
  download(call: ApiCall): Promise<AsyncIterable<Uint8Array>>;
}

/** Tokens are fetched anew this long before they end. */
const tokenMarginMs = 5 * 60_000;

/** Nothing is loaded and nobody is called before the first call. */
export function createApi(options: ApiOptions): Api {
  const { appId, appSecret, domain, clock } = options;
  let loaded: Promise<LoadedSdk> | undefined;
  let token: Promise<{ readonly value: string; readonly until: number }> | undefined;

  const sdk = () => {
    loaded ??= load(options);
    return loaded;
  };

  async function fetchToken(): Promise<{ readonly value: string; readonly until: number }> {
    const answer = await attempt('the tenant token', async ({ http }) => ({
      answer: await http.request({
        method: 'POST',
        url: `${domain}/open-apis/auth/v3/tenant_access_token/internal`,
        data: { app_id: appId, app_secret: appSecret },
        ...whole,
      }),
    }));
    const value = textAt(answer, 'tenant_access_token');
    if (value === undefined) throw unreachable('the tenant token', 'the answer holds none', false);
    return { value, until: clock.now() + (numberAt(answer, 'expire') ?? 0) * 1_000 - tokenMarginMs };
  }

  async function currentToken(): Promise<string> {
    const known = token;
    if (known !== undefined) {
      const { value, until } = await known;
      if (until > clock.now()) return value;
      if (token === known) token = undefined;
    }
    token ??= fetchToken();
    const mine = token;
    try {
      return (await mine).value;
    } catch (error) {
      if (token === mine) token = undefined;
      throw error;
    }
  }

  /** Runs a request with the token of now, and once more with a new one where the old has died. */
  async function withToken<T>(run: (token: string) => Promise<T>): Promise<T> {
    const value = await currentToken();
    try {
      return await run(value);
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'channel.unauthorized') throw error;
      const known = await token?.catch(() => undefined);
      if (known === undefined || known.value === value) token = undefined;
      return run(await currentToken());
    }
  }

  async function attempt(
    operation: string,
    run: (sdk: LoadedSdk) => Promise<{ readonly answer: unknown }>,
    signal?: AbortSignal,
  ): Promise<JsonObject> {
    const parts = await sdk();
    let answer: WholeAnswer;
    try {
      answer = (await run(parts)).answer as WholeAnswer;
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      throw broken(operation, error, signal);
    }
    return readAnswer(operation, answer);
  }

  return {
    options,
    sdk,
    call: (call) =>
      withToken((value) =>
        attempt(
          nameOf(call),
          async ({ http }) => ({ answer: await http.request({ ...toConfig(call, options), ...bearer(value) }) }),
          call.signal,
        ),
      ),
    upload: async (path, form, signal) => {
      const answer = await withToken((value) =>
        attempt(
          `POST ${path}`,
          async ({ http }) => ({
            answer: await http.request({
              method: 'POST',
              url: `${domain}/open-apis/${path}`,
              data: form,
              headers: { 'Content-Type': 'multipart/form-data', ...bearer(value).headers },
              // Files take longer than words.
              timeout: options.timeoutMs * 8,
              signal,
              ...whole,
            }),
          }),
          signal,
        ),
      );
      return isObject(answer.data) ? answer.data : {};
    },
    download: (call) =>
      withToken(async (value) => {
        const { http } = await sdk();
        let answer: WholeAnswer;
        try {
          answer = (await http.request({ ...toConfig(call, options), ...bearer(value), responseType: 'stream' })) as WholeAnswer;
        } catch (error) {
          throw broken(nameOf(call), error, call.signal);
        }
        const stream = answer.data as AsyncIterable<Uint8Array>;
        if (answer.status === 200 && !String(answer.headers['content-type'] ?? '').startsWith('application/json')) return stream;
        const chunks: Uint8Array[] = [];
        for await (const chunk of stream) chunks.push(chunk);
        readAnswer(nameOf(call), { ...answer, data: parseJson(Buffer.concat(chunks).toString('utf8')) });
        throw unreachable(nameOf(call), 'the answer holds no file', true);
      }),
  };
}

const whole = { isWhole: true, validateStatus: () => true };

async function load({ domain, timeoutMs, logger }: ApiOptions): Promise<LoadedSdk> {
  const sdk = await loadSdk();
  const isLoopback = /^https?:\/\/(?:127\.|localhost|\[::1\])/.test(domain);
  const headers = { 'User-Agent': 'threadbridge' };
  const http = sdk.defaultHttpInstance.create({ timeout: timeoutMs, headers, ...(isLoopback && { proxy: false }) });
  http.interceptors.response.use((answer) =>
    answer.config.isWhole ? { status: answer.status, headers: answer.headers, data: answer.data } : answer.data,
  );
  return { sdk, http, logger: createSdkLogger(logger) };
}

function toConfig(call: ApiCall, options: ApiOptions): object {
  return {
    method: call.method,
    url: `${options.domain}/open-apis/${call.path}`,
    ...(call.params !== undefined && { params: call.params }),
    ...(call.method !== 'GET' && { data: call.data ?? {} }),
    ...(call.signal !== undefined && { signal: call.signal }),
    ...whole,
  };
}

const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

/** Ids are no secrets, but they make every message different. */
function nameOf(call: ApiCall): string {
  return `${call.method} ${call.path.replaceAll(/\/(?=[^/]*\d)[\w-]{10,}/g, '/…')}`;
}

function readAnswer(operation: string, { status, headers, data }: WholeAnswer): JsonObject {
  const code = numberAt(data, 'code');
  if (isObject(data) && code === 0) return data;
  if (code !== undefined) {
    const reset = Number(headers['x-ogw-ratelimit-reset']);
    throw refused(operation, code, textAt(data, 'msg') ?? '', Number.isFinite(reset) ? reset * 1_000 : undefined);
  }
  if (status === 429) throw refused(operation, 99_991_400, '');
  throw unreachable(operation, `HTTP status ${status} without an answer of the platform`, false);
}

const beforeConnection = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CERT_HAS_EXPIRED'];

function broken(operation: string, error: unknown, signal: AbortSignal | undefined): GatewayError {
  if (signal?.aborted) return unreachable(operation, 'the call was given up', false);
  const code = textAt(error, 'code');
  // An axios error carries the request with its token; it must not travel further.
  return unreachable(operation, code ?? 'the connection broke', code !== undefined && beforeConnection.includes(code));
}
