import {
  type Channel,
  type ChannelId,
  type Clock,
  type InputId,
  type Logger,
  type Runner,
  silentLogger,
  systemClock,
} from '@threadbridge/contract';
import type { EffectRow } from './decide/effect.ts';
import { applyFacts, type Facts, factsFrom } from './decide/facts.ts';
import type { Input } from './decide/input.ts';
import type { ChannelTraits, ProfileRules } from './decide/rules.ts';
import type { Engine } from './engine/engine.ts';
import { createLanes, type Lanes } from './engine/lanes.ts';
import { createLiveRuns } from './engine/live-runs.ts';
import { dispatch } from './engine/perform.ts';
import { drain, type Stepped } from './engine/pump.ts';
import { createReceivers, type Receivers } from './engine/receivers.ts';
import { recoverRun } from './engine/recover.ts';
import { reopenLive } from './engine/reopen-live.ts';
import { clearTyping } from './engine/show-typing.ts';
import { createWake } from './engine/wake.ts';
import type { Files } from './ports/files.ts';
import type { Host } from './ports/host.ts';
import type { OpenEffect, Store } from './ports/store.ts';

export interface GatewayOptions {
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly runner: Runner;
  readonly rules: ProfileRules;
  readonly files: Files;
  /** The program around it. Absent: chats can ask nothing of it. */
  readonly host?: Host;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: silent. */
  readonly logger?: Logger;
  /**
   * Told whenever a channel's connection changes. `unreachable`: its platform is not heard, and is tried again by itself; interruptions of
   * less than ten seconds are not told. `failed` carries what a person has to do.
   */
  readonly onChannel?: (channel: Channel, state: ChannelWord) => void;
  /** How long running turns may take to end after an abort, ms. Default 10,000. */
  readonly stopTimeoutMs?: number;
  /** Asked at an abort. Default: running turns are ended. */
  readonly atStop?: () => AtStop;
}

/**
 * What becomes of running turns at a stop. `finish`: they have the time of the bound, then they are ended. `leave`: the agent goes on with
 * them, and the next start finds its way back; `letGo` has to close this process's connection to the agent.
 */
export type AtStop =
  | { readonly runs: 'end' }
  | { readonly runs: 'finish' }
  | { readonly runs: 'leave'; readonly letGo: () => Promise<void> };

/** Of the bound of a stop; the rest is for ending what did not finish. */
const finishShare = 0.7;
const finishPauseMs = 25;

/** A gateway: conversations on one side, an agent on the other, everything between durable. */
export interface Gateway {
  /** Picks up what an earlier run left, then works until the signal aborts. Rejects when the store or a bug makes going on unsafe. */
  run(signal: AbortSignal): Promise<void>;
  /**
   * Judges by other rules from now on, and listens to these channels in place of those of the same id, or no more to those that are named in
   * `without`. Runs go on. Resolves when the old feeds are over; while `run` works.
   */
  swap(change: Swap): Promise<void>;
  /** Ends the feeds of these channels and begins them anew, where they had stopped. While `run` works. */
  reconnect(ids: readonly ChannelId[]): Promise<void>;
}

/** What is to be different. Absent: as it was. */
export interface Swap {
  readonly rules?: ProfileRules;
  readonly channels?: readonly Channel[];
  readonly without?: readonly ChannelId[];
}

/** What the gateway says of a channel. */
export type ChannelWord = 'connected' | 'unreachable' | 'ended' | { readonly failed: Error };

/** Puts the parts together. Nothing happens before `run`. */
export function createGateway(options: GatewayOptions): Gateway {
  const {
    store,
    runner,
    files,
    host = mute,
    clock = systemClock,
    logger = silentLogger,
    onChannel = () => {},
    stopTimeoutMs = 10_000,
    atStop = (): AtStop => ({ runs: 'end' }),
  } = options;
  let rules = options.rules;
  let receivers: Receivers | undefined;
  const channels = new Map(options.channels.map((channel) => [channel.id, channel]));
  const traits = new Map(Array.from(channels, ([id, channel]) => [id, traitsOf(channel)]));

  async function run(signal: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const leaving = new AbortController();
    const fail = (error: unknown) => failed.abort(error);
    const closing = AbortSignal.any([signal, failed.signal]);
    const wake = createWake(closing);
    const lanes = createLanes(fail);
    let facts: Facts = factsFrom(await store.loadFacts());
    const engine: Engine = {
      ...{ store, runner, files, host, clock, logger, channels, closing },
      runs: createLiveRuns(),
      views: new Map(),
      going: new Map(),
      ended: new Map(),
      leaving: leaving.signal,
      rules: () => ({ ...rules, channels: traits, facts }),
      async accept(inputs, from) {
        await store.accept({ inputs, ...from });
        wake.ring();
      },
      async settle(key, outcome, results) {
        await store.settle(key, outcome, results);
        if (results.length > 0) wake.ring();
      },
    };
    const remember = (step: Stepped) => {
      facts = applyFacts(facts, step.facts);
    };
    const perform = (step: Stepped) => {
      remember(step);
      dispatch(step.effects.map(toOpen), engine, lanes);
    };

    await drain(engine, remember);
    await recoverRuns(engine);
    await drain(engine, remember);
    dispatch(await store.openEffects(), engine, lanes);

    const listening = createReceivers(engine, onChannel, fail);
    for (const channel of options.channels) await listening.start(channel);
    receivers = listening;
    while (!closing.aborted) {
      await drain(engine, perform).catch(fail);
      await wake.wait();
    }
    await listening.idle();
    if (!failed.signal.aborted) {
      const settled = new AbortController();
      const bound = clock.sleep(stopTimeoutMs, AbortSignal.any([failed.signal, settled.signal]));
      const how = atStop();
      if (how.runs === 'leave') {
        leaving.abort();
        await how.letGo();
      }
      const finishUntil = how.runs === 'finish' ? clock.now() + stopTimeoutMs * finishShare : undefined;
      const down = async () => {
        if (finishUntil !== undefined) await finishRuns(engine, perform, finishUntil, settled.signal);
        await settleDown(engine, lanes, perform, how.runs === 'leave');
      };
      await Promise.race([down().catch(fail), bound]);
      settled.abort();
    }
    if (failed.signal.aborted) throw failed.signal.reason;
  }

  return {
    run,
    async swap(change) {
      rules = change.rules ?? rules;
      for (const id of change.without ?? []) {
        channels.delete(id);
        traits.delete(id);
        await receivers?.stop(id);
      }
      for (const channel of change.channels ?? []) {
        await receivers?.stop(channel.id);
        channels.set(channel.id, channel);
        traits.set(channel.id, traitsOf(channel));
        await receivers?.start(channel);
      }
    },
    async reconnect(ids) {
      for (const id of ids) {
        const channel = channels.get(id);
        if (channel !== undefined) await receivers?.start(channel);
      }
    },
  };
}

const mute: Host = {
  ask: async () => ({ type: 'failed', message: 'Nobody answers for the program here.' }),
};

function traitsOf(channel: Channel): ChannelTraits {
  const { budget } = channel.limits;
  const { live, actions, bareQuotes } = channel.capabilities;
  return {
    split: (markdown) => channel.split(markdown),
    hasLive: live !== undefined,
    hasActions: actions !== undefined,
    quotesById: bareQuotes !== undefined,
    ...(budget && { budget }),
  };
}

function toOpen(row: EffectRow): OpenEffect {
  return { ...row, isStarted: false, attempts: 0 };
}

/** Runs that an earlier process had started get their end; those that go on, or surely never reached the agent, stay open. */
async function recoverRuns(engine: Engine): Promise<void> {
  for (const row of await engine.store.openEffects()) {
    if (row.effect.type !== 'run.start' || !row.isStarted) continue;
    const found = await recoverRun(row, row.effect, engine);
    if (found.type === 'ended') {
      clearTyping(row, row.effect, engine);
      await reopenLive(row, row.effect, engine);
      await engine.settle(row.key, { type: 'done' }, [found.end]);
    }
    if (found.type === 'goesOn') engine.going.set(row.key, found.turn);
  }
}

/** Waits for the runs in hand, as long as that may take. */
async function finishRuns(engine: Engine, perform: (step: Stepped) => void, until: number, signal: AbortSignal): Promise<void> {
  while (engine.runs.attached.length > 0 && engine.clock.now() < until && !signal.aborted) {
    await drain(engine, perform);
    await engine.clock.sleep(finishPauseMs, signal);
  }
}

/** Ends what runs unless it is left to the agent, says what is to be said, and leaves the rest in the store. */
async function settleDown(engine: Engine, lanes: Lanes, perform: (step: Stepped) => void, areRunsLeft: boolean): Promise<void> {
  const at = engine.clock.now();
  const running = areRunsLeft ? [] : engine.runs.attached;
  const ending = running.map(
    ({ run, scope }): Input => ({ type: 'run.overdue', id: `${run}/shutdown` as InputId, scope, at, run, reason: 'shutdown' }),
  );
  if (ending.length > 0) await engine.accept(ending);
  for (;;) {
    const count = await drain(engine, perform);
    if (count === 0 && !lanes.isBusy) return;
    await lanes.idle();
  }
}
