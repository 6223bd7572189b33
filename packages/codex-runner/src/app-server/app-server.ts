import { asId, type Clock, GatewayError, type Logger, type ThreadId } from '@threadbridge/contract';
import { safeReply } from '../convert/from-answer.ts';
import { count, list, seen, text, words } from '../convert/seen.ts';
import { toSubAgents } from '../convert/to-sub-agents.ts';
import { lost, toGatewayError } from '../errors.ts';
import { createConnection, type IncomingRequest, type RequestId } from '../rpc/connection.ts';
import { deferred } from '../rpc/deferred.ts';
import type { Transport, TransportEnd } from '../rpc/transport.ts';
import { judgeVersion, oldestVersion, parseVersion, pinnedVersion } from '../version.ts';
import { type Client, createClient } from './client.ts';
import type { ClientInfo, RateLimitWindow, ServerDiagnosticsProcess, ServerNotifications, ThreadStatus } from './protocol.gen.ts';

export interface AppServerOptions {
  readonly transport: Transport;
  readonly clientInfo: ClientInfo;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly requestTimeoutMs: number;
  /** It may have other clients, and it outlives this connection. */
  readonly isShared?: boolean;
}

/** A living app-server: the handshake is done. When it ends it stays ended. */
export interface AppServer {
  readonly client: Client;
  /** Undefined where it names none. */
  readonly version: string | undefined;
  readonly home: string | undefined;
  readonly pid: number | undefined;
  /** It may have other clients: what is asked may be for them, and a thread may be loaded that is not in `loaded`. */
  readonly isShared: boolean;
  /** Threads this process has loaded, with the settings they were loaded with. */
  readonly loaded: Map<ThreadId, string>;
  /** What it complained of in the configuration. */
  readonly warnings: readonly string[];
  /** When a used-up limit of the account resets, epoch ms, as last told. */
  resetsAt(): number | undefined;
  /** Sends a thread's news to one follower, those of its sub-agents too, until the function it returns is called. */
  follow(thread: ThreadId, follower: Follower): () => void;
  respond(id: RequestId, result: unknown): void;
  /** From now on the follower of `parent` hears of `child`, too. For sub-agents that began before this connection. */
  adopt(child: ThreadId, parent: ThreadId): void;
  /** A turn runs on it, whoever asked for it. */
  isBusy(thread: ThreadId): boolean;
  /** Calls back for each end of a login, until the function it returns is called. */
  onLogin(listener: (params: unknown) => void): () => void;
  readonly isClosed: boolean;
  /** Resolves when it is over, however that came. */
  readonly closed: Promise<GatewayError>;
  /** Ends it in good order. Runs that are on it throw `runner.lost` with this reason. */
  close(reason: string): Promise<void>;
}

/** Calls come in the order of the wire. */
export interface Follower {
  /** `isOwn`: of the thread itself, not of a sub-agent of it. */
  onNotification(method: string, params: unknown, isOwn: boolean): void;
  /** To be answered by `respond`, now or later. False: it is not for this follower, and is declined. */
  onRequest(request: IncomingRequest, isOwn: boolean): boolean;
  onLost(error: GatewayError): void;
}

/** Shakes hands. Rejects with `runner.missing`, `runner.version`, `runner.lost` (all certain) or `runner.protocol`; then nothing is left running. */
export async function connectAppServer(options: AppServerOptions): Promise<AppServer> {
  const { transport, logger } = options;
  const followers = new Map<string, Follower>();
  const parents = new Map<string, string>();
  const loaded = new Map<ThreadId, string>();
  const busy = new Set<string>();
  const logins = new Set<(params: unknown) => void>();
  const warnings: string[] = [];
  const closed = deferred<GatewayError>();
  let resetsAt: number | undefined;
  let end: GatewayError | undefined;
  let reason: string | undefined;

  const find = (thread: string | undefined): { readonly follower: Follower; readonly isOwn: boolean } | undefined => {
    let at = thread;
    for (let depth = 0; at !== undefined && depth < 8; depth++, at = parents.get(at)) {
      const follower = followers.get(at);
      if (follower !== undefined) return { follower, isOwn: at === thread };
    }
    return undefined;
  };

  const onNotification = (method: string, params: unknown) => {
    const name = method as keyof ServerNotifications;
    switch (name) {
      case 'item/started':
      case 'item/completed': {
        const parent = threadOf(params);
        for (const child of toSubAgents(params)) if (parent !== undefined) parents.set(child, parent);
        break;
      }
      case 'thread/closed': {
        const thread = words(threadOf(params));
        loaded.delete(asId(thread));
        parents.delete(thread);
        busy.delete(thread);
        break;
      }
      case 'thread/status/changed': {
        const { threadId, status } = seen<ServerNotifications[typeof name]>(params);
        const { type } = seen<ThreadStatus>(status);
        if (type === 'active') busy.add(words(threadId));
        else busy.delete(words(threadId));
        if (type === 'notLoaded') loaded.delete(asId(words(threadId)));
        break;
      }
      case 'account/login/completed':
        for (const listener of [...logins]) listener(params);
        return;
      case 'configWarning':
        warnings.push(toConfigWarning(params));
        return;
      case 'account/rateLimits/updated':
        resetsAt = toReset(params) ?? resetsAt;
        return;
      default:
        break;
    }
    const route = find(threadOf(params));
    route?.follower.onNotification(method, params, route.isOwn);
  };

  const onRequest = (request: IncomingRequest) => {
    const route = find(threadOf(request.params));
    if (route?.follower.onRequest(request, route.isOwn)) return;
    // Another client may answer it; and so may we, once somebody follows the thread again.
    if (options.isShared) return;
    const reply = safeReply(request);
    logger.warn({ method: request.method }, 'declined what app-server asked: it belongs to no run');
    if (reply === undefined) connection.refuse(request.id, 'This client does not serve that.');
    else connection.respond(request.id, reply);
  };

  const onClosed = (transportEnd: TransportEnd) => {
    end = transportEnd.isMissing ? notStarted(transportEnd) : lost(reason ?? transportEnd.message, false);
    for (const follower of followers.values()) follower.onLost(end);
    followers.clear();
    loaded.clear();
    closed.resolve(end);
  };

  const connection = createConnection({ ...options, onNotification, onRequest, onClosed });
  const client = createClient(connection);

  try {
    const greeting = await client.call('initialize', {
      clientInfo: options.clientInfo,
      capabilities: { experimentalApi: true, requestAttestation: false },
    });
    connection.notify('initialized');
    const version = parseVersion(words(greeting.userAgent));
    checkVersion(version, logger);
    return {
      client,
      version,
      home: text(greeting.codexHome),
      pid: transport.pid ?? (options.isShared ? await readPid(client) : undefined),
      isShared: options.isShared === true,
      loaded,
      warnings,
      resetsAt: () => resetsAt,
      follow(thread, follower) {
        followers.set(thread, follower);
        return () => void (followers.get(thread) === follower && followers.delete(thread));
      },
      respond: (id, result) => connection.respond(id, result),
      adopt: (child, parent) => void parents.set(child, parent),
      isBusy: (thread) => busy.has(thread),
      onLogin(listener) {
        logins.add(listener);
        return () => void logins.delete(listener);
      },
      get isClosed() {
        return end !== undefined;
      },
      closed: closed.promise,
      async close(why) {
        reason ??= why;
        await transport.close();
        await closed.promise;
      },
    };
  } catch (error) {
    await transport.close();
    throw end?.code === 'runner.missing' ? end : startError(error);
  }
}

/** Of a server that is not our child. */
async function readPid(client: Client): Promise<number | undefined> {
  const found = await client.call('server/diagnostics', {}).catch(() => seen<{ process: unknown }>(undefined));
  return count(seen<ServerDiagnosticsProcess>(found.process).id);
}

function startError(error: unknown): GatewayError {
  const known = toGatewayError(error, 'start');
  // Nobody's turn is lost by an app-server that never came up.
  return known.code === 'runner.lost' ? lost(known.message, true, error) : known;
}

function notStarted(end: TransportEnd): GatewayError {
  return new GatewayError('runner.missing', `Codex could not be started. ${end.message}`, {
    certain: true,
    remedy: 'Check the option `bin`, or leave it out to use the Codex this package depends on.',
  });
}

function checkVersion(version: string | undefined, logger: Logger): void {
  switch (judgeVersion(version)) {
    case 'tested':
      return;
    case 'untested':
      logger.warn({ version, tested: pinnedVersion }, 'this version of Codex was not tested with this package');
      return;
    case 'tooOld':
      throw new GatewayError('runner.version', `Codex ${version} is too old; ${oldestVersion} is the oldest that is driven.`, {
        certain: true,
        remedy: `Use Codex ${pinnedVersion}, or leave out the option \`bin\`.`,
      });
  }
}

function threadOf(params: unknown): string | undefined {
  return text(seen<{ threadId: string }>(params).threadId);
}

function toConfigWarning(params: unknown): string {
  const { summary, details } = seen<ServerNotifications['configWarning']>(params);
  return [text(summary), text(details)].filter((part) => part !== undefined).join(' ');
}

/** The latest reset of the windows that are used up; Codex counts in seconds. */
function toReset(params: unknown): number | undefined {
  const { primary, secondary } = seen<ServerNotifications['account/rateLimits/updated']['rateLimits']>(
    seen<ServerNotifications['account/rateLimits/updated']>(params).rateLimits,
  );
  const resets = list([primary, secondary]).map((value) => {
    const window = seen<RateLimitWindow>(value);
    return (count(window.usedPercent) ?? 0) >= 100 ? (count(window.resetsAt) ?? 0) * 1_000 : 0;
  });
  const latest = Math.max(...resets);
  return latest > 0 ? latest : undefined;
}
