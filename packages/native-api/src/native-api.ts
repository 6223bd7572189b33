import {
  type AuditSink,
  type Clock,
  type ContinuationStore,
  type Logger,
  type Runner,
  silentLogger,
  systemClock,
  type WorkspacePath,
} from '@threadbridge/contract';
import { internalError, runtimeUnavailable } from './api-error.ts';
import { createMemoryContinuations } from './continuations/memory-continuations.ts';
import { errorResponse } from './http/to-response.ts';
import { newId } from './ids.ts';
import { type AccessRules, checkOrigin, checkToken, digest } from './loopback/check-access.ts';
import { createMetrics } from './metrics.ts';
import { createAuthorize } from './routes/authorize.ts';
import { type Bindings, createRoutes } from './routes/create-routes.ts';
import type { ApiCall, Authorization, RouteContext } from './routes/route-context.ts';
import { createAskCodex } from './turn/ask-codex.ts';
import { createParkedRuns } from './turn/parked-runs.ts';
import { createSlots } from './turn/slots.ts';

/** Only `runner` and `workspace` have no default. */
export interface NativeApiOptions {
  readonly runner: Runner;
  /** Absolute path of an existing directory, an empty one at best. The model is not told of it and cannot write there. */
  readonly workspace: string;
  /** What callers have to send as bearer token. Absent: nothing, which {@link serve} allows on the loopback interface only. */
  readonly token?: string;
  /** The model of requests that name none. Default: Codex's own choice. */
  readonly defaultModel?: string;
  /** Models that may be named though Codex does not list them, as with a model provider of your own. */
  readonly otherModels?: readonly string[];
  /** Shown in `native_api`. Default `default`. */
  readonly profile?: string;
  /** Function tools of callers. Default true; otherwise requests with tools are refused. */
  readonly functionTools?: boolean;
  /** Take `temperature` and its like, and drop them; `native_api.ignored_parameters` names them. Default false: refused, as Codex has none. */
  readonly dropSampling?: boolean;
  /** Host names, beside those of the loopback interface, under which this server may be asked. */
  readonly allowedHosts?: readonly string[];
  /** Origins of web pages that may ask. Default none. */
  readonly allowedOrigins?: readonly string[];
  /** Turns at once. Default 8. */
  readonly maxConcurrent?: number;
  /** Requests that wait for a turn; more get 429. Default 64. */
  readonly maxQueued?: number;
  /** Longest wait for a turn. Default 120,000. */
  readonly queueTimeoutMs?: number;
  /** How long a turn waits for the outputs of function calls; afterwards its conversation is told anew. Default 600,000. */
  readonly toolTimeoutMs?: number;
  /** Most turns that wait so. Default 64. */
  readonly maxParked?: number;
  /** Default 20 MiB. */
  readonly maxBodyBytes?: number;
  /** Silence of a stream after which a comment is sent. Default 15,000. */
  readonly keepAliveMs?: number;
  /** Where answers are kept to be continued. Default: in this process, 30 minutes, 1,000. */
  readonly continuations?: ContinuationStore;
  /** Asked before each turn, once it could begin. Default: everything is allowed. */
  readonly authorize?: (call: ApiCall) => Promise<Authorization>;
  /** Gets a line about each decision, before the turn begins. Default: nobody does. */
  readonly audit?: AuditSink;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** An OpenAI-compatible API over one agent. */
export interface NativeApi {
  /** Answers one request; never rejects. An abort of the request's signal ends its turn. */
  fetch(request: Request): Promise<Response>;
  /** Takes nothing new, gives running turns that long to end, interrupts the rest. Resolves when none is left; default 5,000. */
  close(options?: { readonly graceMs?: number }): Promise<void>;
  /** Whether callers need a token. */
  readonly hasToken: boolean;
}

/** Makes the API; it listens nowhere, see {@link serve}. */
export function createNativeApi(options: NativeApiOptions): NativeApi {
  const { runner, clock = systemClock, logger = silentLogger } = options;
  const rules: AccessRules = {
    hosts: new Set((options.allowedHosts ?? []).map((host) => host.toLowerCase())),
    origins: new Set(options.allowedOrigins ?? []),
    tokenDigest: options.token === undefined ? undefined : digest(options.token),
  };
  const metrics = createMetrics();
  const maxConcurrent = options.maxConcurrent ?? 8;
  const slots = createSlots({
    maxConcurrent,
    maxQueued: options.maxQueued ?? 64,
    queueTimeoutMs: options.queueTimeoutMs ?? 120_000,
    clock,
  });
  const parked = createParkedRuns({ clock, ttlMs: options.toolTimeoutMs ?? 600_000, capacity: options.maxParked ?? 64 });
  const codex = createAskCodex({
    ...{ runner, slots, parked, metrics, clock, logger },
    workspace: options.workspace as WorkspacePath,
    otherModels: new Set([...(options.otherModels ?? []), ...(options.defaultModel === undefined ? [] : [options.defaultModel])]),
  });
  const context: RouteContext = {
    ...{ runner, codex, slots, parked, metrics, maxConcurrent, clock, logger },
    continuations: options.continuations ?? createMemoryContinuations({ clock }),
    policy: { functionTools: options.functionTools ?? true, dropSampling: options.dropSampling ?? false },
    profile: options.profile ?? 'default',
    defaultModel: options.defaultModel,
    maxBodyBytes: options.maxBodyBytes ?? 20 * 1024 * 1024,
    keepAliveMs: options.keepAliveMs ?? 15_000,
    authorize: createAuthorize({ ...options, clock }),
  };
  let isClosing = false;
  const open = new Set<Promise<void>>();
  const app = createRoutes(context);

  async function fetch(request: Request): Promise<Response> {
    const requestId = newId('req');
    const startedAt = clock.now();
    let finished = () => {};
    const going = new Promise<void>((resolve) => {
      finished = resolve;
    });
    open.add(going);
    let route = 'unknown';
    let isDone = false;
    const finish = (status: number) => {
      if (isDone) return;
      isDone = true;
      open.delete(going);
      finished();
      const ms = clock.now() - startedAt;
      if (request.signal.aborted) metrics.countDisconnect();
      metrics.countRequest({ route, method: toMethod(request.method), status, seconds: ms / 1_000 });
      logger.info({ requestId, route, method: toMethod(request.method), status, ms }, 'answered');
    };
    const bindings: Bindings = {
      requestId,
      startedAt,
      finish,
      setRoute(found) {
        route = found;
      },
      check(path) {
        checkOrigin(request, rules);
        if (path.startsWith('/v1/') || path === '/metrics') checkToken(request, rules);
        if (isClosing) throw runtimeUnavailable('The server is stopping.');
      },
    };
    const response = await answer(request, bindings);
    response.headers.set('x-request-id', requestId);
    const origin = request.headers.get('origin');
    if (origin !== null && rules.origins.has(origin)) {
      response.headers.set('access-control-allow-origin', origin);
      response.headers.set('vary', 'Origin');
    }
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    if (!isStream) finish(response.status);
    return response;
  }

  const answer = async (request: Request, bindings: Bindings): Promise<Response> => {
    try {
      return await app.fetch(request, bindings);
    } catch (error) {
      logger.error({ error, requestId: bindings.requestId }, 'a request failed by a mistake of ours');
      return errorResponse(internalError(error));
    }
  };

  return {
    fetch,
    hasToken: options.token !== undefined,
    async close({ graceMs = 5_000 } = {}) {
      isClosing = true;
      const timer = new AbortController();
      await Promise.race([Promise.all(open), clock.sleep(graceMs, timer.signal)]);
      timer.abort();
      codex.interruptAll();
      await parked.close();
      await Promise.all(open);
    },
  };
}

/** Any word can stand in a request line; labels and logs know these. */
function toMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'].includes(method) ? method : 'OTHER';
}
