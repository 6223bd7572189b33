import { setTimeout as delay } from 'node:timers/promises';
import { type AccountLimits, type Clock, GatewayError, type Runner, systemClock } from '@threadbridge/contract';
import { createGateway, factsFrom, isClaimed, limitRuns } from '@threadbridge/core';
import { createSqliteStore } from '@threadbridge/store';
import type { ChannelFactory } from './channels/channel-factory.ts';
import { createChannels, refuseDoubles } from './channels/create-channels.ts';
import { channelFactories } from './channels/registry.ts';
import { checkFeatures } from './check-features.ts';
import { checkDefaultWorkspace } from './check-workspace.ts';
import { type CodexContext, openCodex } from './codex.ts';
import { codexHomes } from './codex-homes.ts';
import { codexProcess, codexServer, type DefaultTransport, endServer } from './codex-server.ts';
import { type Environment, makeDirectories } from './config/home.ts';
import type { ResolvedProfile } from './config/load.ts';
import { createSecrets } from './config/secrets.ts';
import { serveControl } from './control/control-server.ts';
import { announceProcess, listProcesses } from './control/processes.ts';
import { readWorkload } from './control/read-state.ts';
import type { ExtraChannel } from './extra-channel.ts';
import { createFiles } from './files.ts';
import { createHost } from './host/create-host.ts';
import { keepTidy } from './keep-tidy.ts';
import type { WritableKeystore } from './keystore/file-keystore.ts';
import { openKeystore } from './keystore/open-keystore.ts';
import { type ChannelStates, createChannelStates, type LifecycleEvent, type ReadyEvent } from './lifecycle.ts';
import { type LogOptions, openLog } from './log/logger.ts';
import { collectMedia } from './media/collect-media.ts';
import { measureRunner } from './observe/measure-runner.ts';
import { createMetrics } from './observe/metrics.ts';
import { traceStore } from './observe/trace-store.ts';
import type { Tracer } from './observe/tracer.ts';
import { watchStore } from './observe/watch-store.ts';
import { ownVersion } from './own-version.ts';
import { applyReload, type Reloaded } from './reload.ts';
import { secretPaths } from './secret-paths.ts';
import { listenLocally, profileWeb } from './services/open-local-web.ts';
import { type Service, services } from './services/registry.ts';
import { startServices } from './services/start-services.ts';
import { channelState } from './to-event-error.ts';
import { toRules } from './to-rules.ts';
import { readTokenKeys } from './token-key.ts';
import { createChanges } from './view/changes.ts';
import { createGatewayView } from './view/create-gateway-view.ts';
import { createStatusBoard } from './view/gateway-status.ts';
import { observeStore } from './view/observe-store.ts';
import { watchRuns } from './view/watch-runs.ts';
import { withinBound } from './within-bound.ts';

/** What one gateway is made of. */
export interface WireOptions {
  readonly profile: ResolvedProfile;
  /** The variables of the process, as a value: for secrets, for Codex's home, and for what Codex may see. */
  readonly environment: Environment;
  readonly extraChannels?: readonly ExtraChannel[];
  /** Told everything that happens to the gateway as a whole. */
  readonly onEvent?: (event: LifecycleEvent) => void;
  /** Default: the file alone, level `info`. */
  readonly log?: Pick<LogOptions, 'level' | 'stderr'>;
  /** Default: the encrypted file of the profile. */
  readonly keystore?: WritableKeystore;
  /** Default: Codex, as the profile says. */
  readonly createRunner?: (context: CodexContext) => Promise<Runner>;
  /** Default: all that this version has. */
  readonly channelFactories?: readonly ChannelFactory[];
  /** Default: all that this version has. */
  readonly services?: readonly Service[];
  readonly clock?: Clock;
  /** How Codex is reached where the profile does not say. Default `stdio`: a child that ends with this process, and its turns with it. */
  readonly transport?: DefaultTransport;
  /** How long running turns may take to end after a stop, ms. Default 6,000. */
  readonly stopTimeoutMs?: number;
  /** Reads the configuration anew. Absent: this gateway cannot be told to. */
  readonly reload?: () => Promise<ResolvedProfile>;
  /** Spans of decisions, effects and runs go there; one of OpenTelemetry fits. */
  readonly tracer?: Tracer;
}

/** How the life cycle holds a gateway. */
export interface Reins {
  /** Begins the stop. `leave`: turns go on where Codex runs behind a socket. */
  readonly end: (runs: 'end' | 'leave') => void;
  /** Asked at the stop. */
  readonly leavesRuns: () => boolean;
}

/** The whole product in one screen. Resolves once everything is closed after an abort; what is opened last is closed first. */
export async function runProfile(
  options: WireOptions,
  reins: Reins,
  signal: AbortSignal,
  onReady: (ready: ReadyEvent, reload: () => Promise<Reloaded>) => void,
): Promise<void> {
  const { profile, environment, clock = systemClock, extraChannels = [], stopTimeoutMs = 6_000 } = options;
  const { name, settings, paths } = profile;
  const abilities = {
    channelFactories: options.channelFactories ?? channelFactories,
    services: options.services ?? services,
  };
  const emit = options.onEvent ?? (() => {});
  const warn = (message: string) => emit({ event: 'warning', profile: name, message });
  checkFeatures(profile, abilities);
  const homes = codexHomes(profile, environment);
  const files = createFiles({ offLimits: [paths.home, ...homes.all], media: paths.media });
  await checkDefaultWorkspace(profile, files);

  await makeDirectories(paths);
  const startedAt = clock.now();
  const changes = createChanges();
  const metrics = createMetrics();
  await using opened = await createSqliteStore({ path: paths.store, clock, holder: `threadbridge ${name}` });
  const { tracer } = options;
  const traced = tracer === undefined ? opened : traceStore(opened, tracer, clock);
  const store = watchStore(observeStore(traced, changes), metrics);
  await using log = await openLog({ directory: paths.logs, ...options.log });
  const { logger } = log;
  const keystore = options.keystore ?? openKeystore(profile);
  const secrets = createSecrets({ environment, onSecret: log.conceal, keystore });
  let tokenKeys = await readTokenKeys(paths.tokenKey);
  const server = codexServer(profile, options.transport ?? 'stdio');
  const leavesRuns = () => server !== undefined && reins.leavesRuns();
  await using _ = { [Symbol.asyncDispose]: async () => (leavesRuns() ? undefined : endServer(server)) };
  await using codex = await (options.createRunner ?? openCodex)({
    ...{ profile, home: homes.current, environment, secrets, clock, logger },
    ...(server && { server }),
  });
  const { maxConcurrent: slots, maxWaiting } = settings.runs;
  const limited = measureRunner(limitRuns(codex, { slots, maxWaiting }), { metrics, clock, ...(tracer && { tracer }) });
  const runs = watchRuns(limited, changes);
  const { runner } = runs;
  const board = createStatusBoard({ ...abilities, profile, startedAt, changes });
  const view = createGatewayView({ profile, store, runs, codex, changes, status: board.current });
  const { origin } = profile;
  const context = {
    profile: name,
    resolved: profile,
    ...{ ...abilities, view },
    settings,
    paths,
    secrets,
    keystore,
    store,
    files,
    runner,
    codex,
    origin,
    warn,
    logger,
    clock,
    signal,
  };
  let states: ChannelStates | undefined;
  await using web = profileWeb({ settings, paths, secrets, keystore });
  await using running = await startServices(abilities.services, {
    ...{ ...context, web, metrics },
    channelStates: () => (states?.isComplete ? states.current : undefined),
  });
  const page = await listenLocally(web, { settings, origin, warn });
  await using configured = await createChannels(abilities.channelFactories, {
    ...context,
    canLogInLater: settings.console.enabled && page.console !== undefined,
  });
  const extra = [...running.channels, ...extraChannels];
  const channels = [...configured.channels, ...extra.map(({ channel }) => channel)];
  refuseDoubles(channels);
  const owners = extra.flatMap(({ owner }) => owner ?? []);
  const hidden = await secretPaths([paths.home, ...homes.all]);
  const rulesOf = (of: ResolvedProfile) =>
    toRules(of.settings, {
      ...tokenKeys,
      codexHome: homes.current,
      secretPaths: hidden,
      ...{ owners, projections: configured.projections },
      programs: running.programs,
    });
  const rules = rulesOf(profile);
  if (channels.length === 0) warn('No channel is configured: nobody can reach this gateway.');
  else if (configured.channels.length > 0 && rules.access.isClaimable && !isClaimed(factsFrom(await store.loadFacts())))
    warn(
      'Nobody in a chat owns this profile, so nobody there is listened to. `threadbridge claim` shows the code that changes it.',
    );

  const seen = createChannelStates(channels);
  states = seen;
  let current = profile;
  const reload = async (): Promise<Reloaded> => {
    const to = await readAnew(options);
    checkFeatures(to, abilities);
    await checkDefaultWorkspace(to, files);
    const done = await applyReload({ from: current, to, gateway, toRules: rulesOf, replace: configured.replace });
    current = to;
    logger.info(done, 'the configuration was read again');
    return done;
  };
  const host = createHost({
    check: () => codex.check(),
    channels: () => seen.current,
    processes: async () => [
      ...(await listProcesses(paths.home)).map(({ kind, profile: of, pid, startedAt: since }) => ({
        ...{ name: `${kind} ${of}`, pid, startedAt: since },
      })),
      ...(await codexProcess(server)),
    ],
    reconnect: (ids) => gateway.reconnect(ids),
    reload,
    exit: () => reins.end('end'),
  });
  const gateway = createGateway({
    ...{ store, channels, runner, rules, files, host, clock, logger, stopTimeoutMs },
    atStop: () =>
      leavesRuns()
        ? { runs: 'leave', letGo: async () => codex[Symbol.asyncDispose]() }
        : { runs: settings.runs.atStop === 'finish' ? 'finish' : 'end' },
    onChannel(channel, said) {
      // Its feed was asked for, and is about to say that nobody has logged in.
      if (said === 'connected' && configured.channels.find(({ id }) => id === channel.id)?.isLoggedOut?.()) return;
      const told = channelState(said);
      seen.set(channel, told.state);
      metrics.connections.inc({ channel: channel.id, state: told.state });
      board.set(channel.id, told);
      emit({ event: 'channel', profile: name, channel: channel.id, ...told });
    },
  });
  const ready = (): ReadyEvent => ({
    ...{ event: 'ready', profile: name, pid: process.pid, channels: seen.current },
    ...{ ...running.ready, ...page },
  });
  await using _registered = await announceProcess(paths.home, { kind: 'gateway', profile: name, startedAt });
  await using _control = await serveControl(paths, {
    state: async () => ({
      ...{ ...ready(), isRunning: true, version: ownVersion(), startedAt },
      ...(await readWorkload(store)),
      ...(await limitsOf(codex)),
    }),
    reload,
    renewKeys: async () => {
      tokenKeys = await readTokenKeys(paths.tokenKey);
      await gateway.swap({ rules: rulesOf(current) });
      logger.info({}, 'new keys of buttons and codes are in use');
      return {};
    },
    stop: async () => ended(reins, 'end'),
    leave: async () => ended(reins, 'leave'),
  });
  void seen.complete.then(() => {
    if (!signal.aborted) onReady(ready(), reload);
  });
  const { messagesDays, attachmentsDays } = settings.retention;
  const attachments = { days: attachmentsDays, collect: (before: number) => collectMedia(paths.media, before) };
  const tidy = keepTidy(store, { messagesDays, attachments, clock, logger, signal });
  logger.info({ profile: name, channels: channels.map(({ id }) => id) }, 'opened');
  try {
    await withinBound(gateway.run(signal), { signal, clock, timeoutMs: stopTimeoutMs });
    await tidy;
    logger.info({ profile: name }, 'closed');
  } catch (error) {
    logger.error({ error }, 'going on was not safe');
    throw error;
  }
}

async function readAnew({ reload }: WireOptions): Promise<ResolvedProfile> {
  if (reload !== undefined) return reload();
  throw new GatewayError('config.invalid', 'This gateway was opened without a configuration to read again.', { certain: true });
}

async function ended({ end }: Reins, runs: 'end' | 'leave'): Promise<object> {
  // Whoever asked has the answer first.
  setImmediate(() => end(runs));
  return { pid: process.pid };
}

/** Asked of Codex, which may have to ask the network: without an answer soon there is none. */
async function limitsOf({ capabilities }: Runner): Promise<{ readonly limits?: AccountLimits }> {
  const asked = capabilities.account?.limits().then((limits) => ({ limits }));
  return Promise.race([(asked ?? Promise.resolve({})).catch(() => ({})), delay(2_000, {}, { ref: false })]);
}
