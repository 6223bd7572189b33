import type { JsonObject, ModelInfo } from '@threadbridge/contract';
import { type ApiError, modelNotFound } from '../api-error.ts';
import { toEnvelope } from '../envelope.ts';
import { jsonResponse } from '../http/to-response.ts';
import { checkLogin, type Runtime, readRuntime } from '../turn/check-runtime.ts';
import { fromRunnerError } from '../turn/from-turn-error.ts';
import type { Incoming, RouteContext } from './route-context.ts';

/** `GET /v1/health`: 200 when ready, else 503. Asked anew each time. */
export async function health(context: RouteContext, incoming: Incoming): Promise<Response> {
  const state = await readState(context);
  const { continuations, slots, policy } = context;
  const error = state.error;
  const body = {
    object: 'health.check',
    status: error === undefined ? 'ok' : 'unavailable',
    native_api: envelopeOf(context, incoming, state.runtime),
    route_capabilities: {
      models: { get: true, retrieve: true },
      responses: {
        create: true,
        continuation: true,
        stream: true,
        compact: false,
        retrieve: true,
        delete: true,
        input_items: true,
        background: false,
        function_tools: policy.functionTools,
        structured_output: true,
        image_input: true,
      },
      chat_completions: {
        create: true,
        stream: true,
        tool_calling: policy.functionTools,
        structured_output: true,
        image_input: true,
      },
    },
    continuation_registry: {
      kind: continuations.kind,
      persistence: continuations.survivesRestart ? 'durable' : 'in_process',
      survives_process_restart: continuations.survivesRestart,
      ttl_ms: continuations.ttlMs,
      entries: await continuations.count(),
    },
    native_runtime: toRuntime(context, state),
    load: {
      active_turns: slots.active,
      queued: slots.queued,
      parked_turns: context.parked.size,
      max_concurrent: context.maxConcurrent,
    },
    ...(error && { error: error.fields }),
  };
  return jsonResponse(body, error === undefined ? 200 : 503, error === undefined ? {} : error.headers);
}

/** `GET /v1/models` */
export async function listModels(context: RouteContext, incoming: Incoming): Promise<Response> {
  const runtime = await readUsable(context);
  return jsonResponse({
    object: 'list',
    data: (runtime.models ?? []).map(toModel),
    meta: { native_api: envelopeOf(context, incoming, runtime), native_runtime: toRuntime(context, { runtime }) },
  });
}

/** `GET /v1/models/{id}` */
export async function retrieveModel(context: RouteContext, incoming: Incoming, id: string): Promise<Response> {
  const runtime = await readUsable(context);
  const model = runtime.models?.find((each) => each.id === id);
  if (model === undefined) throw modelNotFound(id);
  return jsonResponse({ ...toModel(model), native_api: envelopeOf(context, incoming, runtime) });
}

interface RuntimeState {
  readonly runtime?: Runtime;
  readonly error?: ApiError;
}

async function readState(context: RouteContext): Promise<RuntimeState> {
  let runtime: Runtime | undefined;
  try {
    runtime = await readRuntime(context.runner);
    checkLogin(runtime);
    context.metrics.setRuntimeUp(true);
    return { runtime };
  } catch (error) {
    context.metrics.setRuntimeUp(false);
    return { ...(runtime && { runtime }), error: fromRunnerError(error) };
  }
}

async function readUsable(context: RouteContext): Promise<Runtime> {
  const { runtime, error } = await readState(context);
  if (runtime === undefined || error !== undefined) throw error ?? fromRunnerError(undefined);
  return runtime;
}

function envelopeOf(context: RouteContext, incoming: Incoming, runtime: Runtime | undefined): JsonObject {
  const { id, plan } = runtime?.account ?? {};
  return toEnvelope({ routePath: incoming.route, profile: context.profile, account: id, plan });
}

function toRuntime(context: RouteContext, { runtime, error }: RuntimeState): JsonObject {
  return {
    ready: error === undefined,
    runtime_reachable: runtime !== undefined,
    account_identity: runtime === undefined ? null : { account_id: runtime.account.id, plan: runtime.account.plan ?? null },
    login: runtime?.account.login ?? 'unknown',
    error_message: error?.message ?? null,
    checked_at: new Date(context.clock.now()).toISOString(),
  };
}

function toModel({ id, title, efforts, inputs, isDefault }: ModelInfo): JsonObject {
  return {
    id,
    object: 'model',
    created: 0,
    owned_by: 'openai',
    display_name: title,
    supported_reasoning_efforts: efforts,
    input_modalities: inputs,
    default: isDefault,
  };
}
