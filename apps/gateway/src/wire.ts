import { asId, type ChannelId, systemClock } from '@threadbridge/contract';
import { createGateway, factsFrom, isClaimed } from '@threadbridge/core';
import { createSqliteStore } from '@threadbridge/store';
import { awaitLogins } from './channels/await-logins.ts';
import { createChannels, refuseDoubles } from './channels/create-channels.ts';
import { channelFactories } from './channels/registry.ts';
import { checkFeatures } from './check-features.ts';
import { checkDefaultWorkspace } from './check-workspace.ts';
import { codexHomes } from './codex-homes.ts';
import { codexProcess } from './codex-server.ts';
import { makeDirectories } from './config/home.ts';
import { createSecrets } from './config/secrets.ts';
import { serveControl } from './control/control-server.ts';
import { createControlVerbs } from './control/control-verbs.ts';
import { announceProcess, listProcesses } from './control/processes.ts';
import { createFiles } from './files.ts';
import { createHost } from './host/create-host.ts';
import { keepTidy } from './keep-tidy.ts';
import { openKeystore } from './keystore/open-keystore.ts';
import { type ChannelStates, createChannelStates, type ReadyEvent } from './lifecycle.ts';
import { openLog } from './log/logger.ts';
import { collectMedia } from './media/collect-media.ts';
import { createMetrics } from './observe/metrics.ts';
import { traceStore } from './observe/trace-store.ts';
import { watchStore } from './observe/watch-store.ts';
import { openAgent } from './open-agent.ts';
import { profileFlag } from './profile-flag.ts';
import { createRulesInForce, type RulesInForce } from './rules-in-force.ts';
import { secretPaths } from './secret-paths.ts';
import { tellNotListening } from './services/listen-if-free.ts';
import { profileWeb } from './services/open-local-web.ts';
import { services } from './services/registry.ts';
import { startServices } from './services/start-services.ts';
import { channelState, toEventError } from './to-event-error.ts';
import { toRules } from './to-rules.ts';
import { readTokenKeys } from './token-key.ts';
import { createChanges } from './view/changes.ts';
import { createGatewayView } from './view/create-gateway-view.ts';
import { createStatusBoard } from './view/gateway-status.ts';
import { observeStore } from './view/observe-store.ts';
import type { Opened, Reins, WireOptions } from './wire-options.ts';
import { withinBound } from './within-bound.ts';

/** The whole product in one screen. Resolves once everything is closed after an abort; what is opened last is closed first. */
export async function runProfile(
  options: WireOptions,
  reins: Reins,
  signal: AbortSignal,
  onReady: (opened: Opened) => void,
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
  const keys = await readTokenKeys(paths.tokenKey);
  const { transport = 'stdio', createRunner } = options;
  await using agent = await openAgent({
    ...{ profile, home: homes.current, environment, secrets, transport, createRunner },
    ...{ changes, metrics, clock, logger, leavesRuns: reins.leavesRuns, ...(tracer && { tracer }) },
  });
  const { codex, runs } = agent;
  const { runner } = runs;
  const board = createStatusBoard({ ...abilities, profile, startedAt, changes });
  let inForce: RulesInForce | undefined;
  const view = createGatewayView({
    ...{ profile, store, runs, codex, changes, clock, status: board.current },
    keys: () => inForce?.keys() ?? keys,
  });
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
  for (const shut of running.ready.notListening ?? [])
    emit({ event: 'warning', profile: name, ...tellNotListening(shut), notListening: shut });
  await using configured = await createChannels(abilities.channelFactories, {
    ...context,
    canLogInLater: options.canLogInLater ?? (settings.console.enabled && running.ready.console !== undefined),
  });
  const extra = [...running.channels, ...extraChannels];
  const channels = [...configured.channels, ...extra.map(({ channel }) => channel)];
  refuseDoubles(channels);
  const owners = extra.flatMap(({ owner }) => owner ?? []);
  const languages = Object.fromEntries(extra.flatMap(({ channel, language }) => (language ? [[channel.id, language]] : [])));
  const hidden = await secretPaths([paths.home, ...homes.all]);
  const rules = createRulesInForce({
    ...{ profile, keys, logger, readAnew: options.reload, replace: configured.replace, gateway: () => gateway },
    onReloaded: () => lookForLogins(),
    async check(to) {
      checkFeatures(to, abilities);
      await checkDefaultWorkspace(to, files);
    },
    toRules: (of, tokenKeys) =>
      toRules(of.settings, {
        profile: name,
        ...tokenKeys,
        codexHome: homes.current,
        secretPaths: hidden,
        ...{ owners, projections: configured.projections },
        ...(of.origin(['language']).type === 'default' && { languages }),
        programs: running.programs,
      }),
  });
  inForce = rules;
  if (channels.length === 0) warn('No channel is configured: nobody can reach this gateway.');
  else if (configured.channels.length > 0 && rules.current().access.isClaimable && !isClaimed(factsFrom(await store.loadFacts())))
    emit({
      event: 'warning',
      profile: name,
      about: 'unowned',
      message: 'Nobody in a chat owns this profile, so nobody there is listened to.',
      remedy: `\`threadbridge claim${profileFlag(name)}\` shows the code that changes it.`,
    });

  const seen = createChannelStates(channels);
  states = seen;
  const tellChannel = (channel: ChannelId, told: ReturnType<typeof channelState>) => {
    metrics.connections.inc({ channel, state: told.state });
    board.set(channel, told);
    emit({ event: 'channel', profile: name, channel, ...told });
  };
  const host = createHost({
    profile: name,
    check: () => codex.check(),
    channels: () => seen.current,
    processes: async () => [
      ...(await listProcesses(paths.home)).map(({ kind, profile: of, pid, startedAt: since }) => ({
        ...{ name: `${kind} ${of}`, pid, startedAt: since },
      })),
      ...(await codexProcess(agent.server)),
    ],
    reconnect: (ids) => gateway.reconnect(ids),
    reload: () => rules.reload(),
    exit: () => reins.end('end'),
  });
  const gateway = createGateway({
    ...{ store, channels, runner, rules: rules.current(), files, host, clock, logger, stopTimeoutMs },
    atStop: () =>
      agent.leavesRuns()
        ? { runs: 'leave', letGo: async () => codex[Symbol.asyncDispose]() }
        : { runs: settings.runs.atStop === 'finish' ? 'finish' : 'end' },
    onChannel(channel, said) {
      const told = running.isShut(channel) ? ({ state: 'failed' } as const) : channelState(said);
      seen.set(channel, told.state);
      tellChannel(channel.id, told);
    },
  });
  const lookForLogins = awaitLogins({
    ...{ waiting: configured.waiting, keystore, logger, clock, signal },
    async join(key) {
      const channel = await configured.replace(key, rules.profile().settings);
      await gateway.swap({ ...(channel && { channels: [channel] }), rules: rules.current() });
    },
    tell: (key, state, error) => tellChannel(asId<ChannelId>(key), { state, error: toEventError(error) }),
  });
  const waitingChannels = () => Object.fromEntries(Array.from(configured.waiting.keys(), (key) => [key, 'needs-login' as const]));
  const ready = (): ReadyEvent => ({
    ...{ event: 'ready', profile: name, pid: process.pid, channels: { ...seen.current, ...waitingChannels() } },
    ...running.ready,
  });
  await using _registered = await announceProcess(paths.home, { kind: 'gateway', profile: name, startedAt });
  const verbs = createControlVerbs({ ready, startedAt, store, codex, rules, end: reins.end });
  await using _control = await serveControl(paths, verbs);
  void seen.complete.then(() => {
    if (!signal.aborted) onReady({ ready: ready(), view, reload: () => rules.reload() });
  });
  const { messagesDays, attachmentsDays } = settings.retention;
  const attachments = { days: attachmentsDays, collect: (before: number) => collectMedia(paths.media, before) };
  const tidy = keepTidy(store, { messagesDays, attachments, clock, logger, signal });
  logger.info({ profile: name, channels: channels.map(({ id }) => id) }, 'opened');
  try {
    lookForLogins();
    await withinBound(gateway.run(signal), { signal, clock, timeoutMs: stopTimeoutMs });
    await tidy;
    logger.info({ profile: name }, 'closed');
  } catch (error) {
    logger.error({ error }, 'going on was not safe');
    throw error;
  }
}
