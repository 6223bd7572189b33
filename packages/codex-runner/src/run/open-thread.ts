import { type Clock, GatewayError, type JsonObject, type JsonValue, type RunInput, type ThreadId } from '@threadbridge/contract';
import type { AppServer } from '../app-server/app-server.ts';
import type {
  ActivePermissionProfile,
  SandboxPolicy,
  Thread,
  ThreadResumeResponse,
  ThreadStartParams,
  ThreadStatus,
} from '../app-server/protocol.gen.ts';
import { loadedSettings, profileName, toThreadResume, toThreadStart } from '../convert/from-run-input.ts';
import { jsonObject, maybe, type Seen, seen, text } from '../convert/seen.ts';
import { toGatewayError } from '../errors.ts';
import { startStopwatch } from '../stopwatch.ts';
import { refuseQueued } from './queued-prompts.ts';
import { unloadThread } from './unload-thread.ts';

export interface OpenedThread {
  readonly thread: ThreadId;
  readonly isNew: boolean;
  readonly model?: string;
  readonly provider?: string;
}

/** Loads the thread of a run into the app-server, or makes a new one. Rejects with a `runner.` error, certain: no turn was asked for. */
export async function openThread(server: AppServer, input: RunInput, clock: Clock): Promise<OpenedThread> {
  try {
    return await (input.thread === undefined
      ? startThread(server, input, clock)
      : resumeThread(server, input.thread, input, clock));
  } catch (error) {
    const reason = toGatewayError(error, input.thread === undefined ? 'start a thread' : 'load the thread');
    // Whatever became of the thread: the turn was not asked for.
    throw reason.certain ? reason : asCertain(reason);
  }
}

/** A turn that is asked for on a busy thread would steer the one that runs. */
export function busy(): GatewayError {
  return new GatewayError('runner.thread_held', 'Another turn goes on on this thread.', {
    certain: true,
    retry: 'backoff',
    remedy: 'Attach to it, or wait until it ends.',
  });
}

/**
 * Has the server forget what it loaded the thread with. Of a shared one it is not known whether it has: from an earlier life of this process,
 * or for another client, whose thread is not ours to use.
 */
async function unload(server: AppServer, thread: ThreadId, clock: Clock): Promise<void> {
  const { client } = server;
  const { thread: known } = await client.call('thread/read', { threadId: thread });
  const status = seen<ThreadStatus>(seen<Thread>(known).status).type as ThreadStatus['type'] | undefined;
  if (status === undefined || status === 'notLoaded') return;
  if (status === 'active') throw busy();
  // Only a thread that is followed can be left, and only one that nobody follows is unloaded.
  if (!server.loaded.has(thread)) await client.call('thread/resume', { threadId: thread, excludeTurns: true });
  await unloadThread(server, thread, clock);
}

type ThreadConfig = NonNullable<ThreadStartParams['config']>;

async function startThread(server: AppServer, input: RunInput, clock: Clock): Promise<OpenedThread> {
  const start = toThreadStart(input);
  const off = input.environment === 'none' ? await withoutMcpServers(server, input, clock) : {};
  const reply = await server.client.call('thread/start', { ...start, config: { ...start.config, ...off } as ThreadConfig });
  const thread = text(seen<Thread>(reply.thread).id) as ThreadId | undefined;
  if (thread === undefined) {
    throw new GatewayError('runner.protocol', 'Codex made a thread without an id.', { certain: true });
  }
  checkEffect(reply, input);
  server.loaded.set(thread, loadedSettings(input));
  return { thread, isNew: true, ...maybe('model', text(reply.model)), ...maybe('provider', text(reply.modelProvider)) };
}

/**
 * Every thread starts those the user has configured. They can be switched off by name only, an empty table changes nothing; and an entry has
 * to be whole, as it takes the place of one given by a flag.
 */
async function withoutMcpServers(server: AppServer, input: RunInput, clock: Clock): Promise<JsonObject> {
  const known = switchedOff.get(server);
  if (known !== undefined && known.cwd === input.workspace && known.ageMs() < freshMs) return known.config;
  const { config } = await server.client.call('config/read', { cwd: input.workspace, includeLayers: false });
  const servers = Object.entries(jsonObject(seen<{ mcp_servers: unknown }>(config).mcp_servers));
  const off = servers.map(([name, entry]): [string, JsonObject] => [name, { ...stated(entry), enabled: false }]);
  const made = off.length === 0 ? {} : { mcp_servers: Object.fromEntries(off) };
  switchedOff.set(server, { cwd: input.workspace, ageMs: startStopwatch(clock), config: made });
  return made;
}

/** Reading the configuration takes some 5 ms, which counts where a turn takes 100. */
const freshMs = 10_000;
const switchedOff = new WeakMap<AppServer, { readonly cwd: string; readonly ageMs: () => number; readonly config: JsonObject }>();

/** What is null in an answer is absent in a configuration. */
function stated(entry: JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(jsonObject(entry)).filter(([, value]) => value !== null));
}

async function resumeThread(server: AppServer, thread: ThreadId, input: RunInput, clock: Clock): Promise<OpenedThread> {
  const settings = loadedSettings(input);
  const known = server.loaded.get(thread);
  if (known === settings) {
    if (server.isBusy(thread)) throw busy();
    return { thread, isNew: false, ...maybe('model', input.model) };
  }
  // A loaded thread ignores what a resume says.
  if (known !== undefined || server.isShared) await unload(server, thread, clock);
  await refuseQueued(server, thread);
  const reply = await server.client.call('thread/resume', toThreadResume(thread, input));
  checkEffect(reply, input);
  server.loaded.set(thread, settings);
  return { thread, isNew: false, ...maybe('model', text(reply.model)), ...maybe('provider', text(reply.modelProvider)) };
}

/** App-server ignores parameters it does not know, and an administrator may forbid others: what counts is what it says is in force. */
function checkEffect(reply: Seen<ThreadResumeResponse>, input: RunInput): void {
  const policy = input.approvals ?? 'on-request';
  if (reply.approvalPolicy !== policy) throw notInForce(`the approval policy ${policy}`, reply.approvalPolicy);
  if ((input.denyRead ?? []).length > 0) {
    const { id } = seen<ActivePermissionProfile>(reply.activePermissionProfile);
    if (id === profileName) return;
    throw new GatewayError('runner.version', 'This Codex cannot deny reading of single paths.', {
      certain: true,
      remedy: 'Use the version this gateway depends on, or run without `denyRead`.',
    });
  }
  const { type } = seen<SandboxPolicy>(reply.sandbox);
  if (type !== sandboxTypes[input.sandbox]) throw notInForce(`the sandbox ${input.sandbox}`, type);
}

const sandboxTypes: Readonly<Record<RunInput['sandbox'], SandboxPolicy['type']>> = {
  'read-only': 'readOnly',
  'workspace-write': 'workspaceWrite',
  'danger-full-access': 'dangerFullAccess',
};

function notInForce(wanted: string, actual: unknown): GatewayError {
  return new GatewayError('runner.rejected', `Codex did not take ${wanted}; in force is ${JSON.stringify(actual)}.`, {
    certain: true,
    remedy: 'Another program may have this thread open, or the configuration of Codex forbids it.',
  });
}

function asCertain(error: GatewayError): GatewayError {
  return new GatewayError(error.code, error.message, {
    certain: true,
    cause: error,
    retry: 'backoff',
    remedy: 'Try again; Codex is started anew.',
  });
}
