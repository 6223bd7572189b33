import type { Channel, Clock, EffectKey, OutboundMessage, Runner, Scope } from '@threadbridge/contract';
import {
  createFakePlatform,
  createManualClock,
  createScriptedAgent,
  type FakePlatform,
  type FakePlatformOptions,
  type ManualClock,
  type ScriptedAgent,
  type ScriptedRunner,
  settled,
} from '@threadbridge/contract/testing';
import type { AuditRecord } from '../decide/audit.ts';
import type { Effect, EffectRow } from '../decide/effect.ts';
import type { ProfileRules } from '../decide/rules.ts';
import { createGateway } from '../gateway.ts';
import type { Files } from '../ports/files.ts';
import type { Store } from '../ports/store.ts';
import { testRules } from './given.ts';
import { createOpenFiles } from './open-files.ts';

/** Where a store keeps its data; it outlives every process that opens it. */
export interface CrashDisk {
  /** Opens the store as a new process would. The one opened before has crashed or was closed. */
  open(clock: Clock): Promise<Store>;
  close(): Promise<void>;
}

/** What a scripted person sees and can do. */
export interface CrashWorld {
  readonly platform: FakePlatform;
  /** Where the scenario has one. */
  readonly second?: FakePlatform;
  readonly agent: ScriptedAgent;
  readonly clock: ManualClock;
}

/** A conversation that is played again and again, crashed at every write. */
export interface CrashScenario {
  readonly platform: FakePlatformOptions;
  /** One more, on which the same process is. */
  readonly second?: FakePlatformOptions;
  readonly script: Parameters<typeof createScriptedAgent>[0];
  readonly rules?: Partial<ProfileRules>;
  /** What a new process of the agent is like, where it differs from the scripted one. */
  readonly toRunner?: (scripted: ScriptedRunner) => Runner;
  /** The disk. Default: one that allows everything, on which runs make nothing. */
  readonly files?: Files;
  /** The person looks at the world and may act. Called again and again; answers true when they have nothing more to do. */
  person(world: CrashWorld): boolean;
}

/** One death of the process: before or after a durable write, counted from 1 over all processes. */
export interface CrashPoint {
  readonly write: number;
  readonly when: 'before' | 'after';
}

/** How a scenario ended. */
export interface CrashOutcome {
  readonly world: CrashWorld;
  /** Durable writes until the end. */
  readonly writes: number;
  /** How often the process died. */
  readonly crashes: number;
  /** The writes with which sending a word about a failed message began: a crash after one leaves that word in doubt, too. */
  readonly notices: readonly number[];
  /** Messages that were settled as perhaps sent, perhaps not; words about such messages are not among them. */
  readonly doubts: readonly { readonly scope: Scope; readonly message: OutboundMessage }[];
  /** What was left in the store; reminders that nobody needs any more may remain. */
  readonly leftOpen: readonly string[];
  /** The audit log at the end. */
  readonly audit: readonly AuditRecord[];
}

/** Plays a scenario once, killing the process at the given writes, in their order, and starting it again each time. */
export async function playWithCrash(
  disk: CrashDisk,
  scenario: CrashScenario,
  points: readonly CrashPoint[] = [],
): Promise<CrashOutcome> {
  const clock = createManualClock();
  const platform = createFakePlatform({ now: clock.now, ...scenario.platform });
  const agent = createScriptedAgent(scenario.script);
  const second = scenario.second && createFakePlatform({ now: clock.now, ...scenario.second });
  const platforms = second === undefined ? [platform] : [platform, second];
  const world: CrashWorld = { platform, agent, clock, ...(second && { second }) };
  const rules: ProfileRules = {
    ...testRules,
    access: { ...testRules.access, owners: platforms.map(({ owner }) => owner.id) },
    ...scenario.rules,
  };
  let writes = 0;
  let crashes = 0;
  const notices: number[] = [];
  const doubts: { readonly scope: Scope; readonly message: OutboundMessage }[] = [];
  let isDone = false;
  let leftOpen: readonly string[] = [];
  let audit: readonly AuditRecord[] = [];

  while (!isDone) {
    const death = new AbortController();
    const stop = new AbortController();
    const store = await disk.open(clock);
    const scripted = agent.runner();
    const runner = scenario.toRunner?.(scripted) ?? scripted;
    const counted = mortal(
      store,
      death.signal,
      (begun) => {
        writes += 1;
        if (begun?.type === 'deliver' && begun.isNotice) notices.push(writes);
        const point = points[crashes];
        return point?.write === writes ? point.when : undefined;
      },
      ({ scope, effect }) => {
        if (effect.type === 'deliver' && !effect.isNotice) doubts.push({ scope, message: effect.message });
      },
      () => {
        crashes += 1;
        scripted.kill();
        death.abort();
      },
    );
    const gateway = createGateway({
      ...{
        store: counted,
        runner: mute(runner, death.signal),
        channels: platforms.map((one) => hush(one.connect(), death.signal)),
      },
      ...{ rules, files: scenario.files ?? createOpenFiles(), clock },
    });
    const ended = gateway.run(stop.signal).catch((error: unknown) => {
      if (!death.signal.aborted) throw error;
    });
    let rounds = 0;
    while (!death.signal.aborted) {
      await quiet();
      isDone = scenario.person(world);
      await quiet();
      if (isDone && !death.signal.aborted) break;
      await clock.advance(200);
      if (++rounds > 2_000)
        throw new Error(
          `The scenario came to no end (crashes ${JSON.stringify(points)}). Shown:\n${platform.shown.map((one) => one.message.markdown).join('\n---\n')}`,
        );
    }
    if (death.signal.aborted) {
      isDone = false;
      continue;
    }
    stop.abort();
    await Promise.race([ended, new Promise((resolve) => death.signal.addEventListener('abort', resolve, { once: true }))]);
    if (death.signal.aborted) {
      isDone = false;
      continue;
    }
    leftOpen = (await store.openEffects()).map((row) => row.effect.type);
    audit = await store.readAudit(0, 10_000);
    await store[Symbol.asyncDispose]();
  }
  return { world, writes, crashes, notices, doubts, leftOpen, audit };
}

async function quiet(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await settled();
}

/** A store that dies at the write which `plan` names; after that it answers nobody, like a process that is gone. */
function mortal(
  store: Store,
  death: AbortSignal,
  /** Hears of every write, and of the effect that it begins. */
  plan: (begun?: Effect) => CrashPoint['when'] | undefined,
  /** Hears of every effect of which nobody knows whether it happened. */
  doubt: (row: EffectRow) => void,
  die: () => void,
): Store {
  const never = new Promise<never>(() => {});
  const read = <T>(call: () => Promise<T>): Promise<T> => (death.aborted ? never : call());
  const write = async (call: () => Promise<void>, begun?: Effect): Promise<void> => {
    if (death.aborted) return never;
    const when = plan(begun);
    if (when === 'before') {
      die();
      return never;
    }
    await call();
    if (when === 'after') {
      die();
      return never;
    }
    if (death.aborted) return never;
  };
  const rowOf = (key: EffectKey) => read(async () => (await store.openEffects()).find((row) => row.key === key));
  return {
    accept: (batch) => write(() => store.accept(batch)),
    commit: (step) => write(() => store.commit(step)),
    start: async (key) => write(() => store.start(key), (await rowOf(key))?.effect),
    settle: async (key, outcome, results) => {
      const row = outcome.type === 'unknown' ? await rowOf(key) : undefined;
      await write(() => store.settle(key, outcome, results));
      if (row !== undefined) doubt(row);
    },
    nextInput: () => read(() => store.nextInput()),
    loadScope: (id) => read(() => store.loadScope(id)),
    loadCursor: (channel) => read(() => store.loadCursor(channel)),
    record: (entries) => write(() => store.record(entries)),
    prune: (limits) => read(() => store.prune(limits)),
    loadFacts: () => read(() => store.loadFacts()),
    readAudit: (after, limit) => read(() => store.readAudit(after, limit)),
    auditHead: () => read(() => store.auditHead()),
    openEffects: () => read(() => store.openEffects()),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** A channel whose process may be gone: nothing is sent any more, and nothing comes in. */
function hush(channel: Channel, death: AbortSignal): Channel {
  const never = new Promise<never>(() => {});
  const { live } = channel.capabilities;
  return {
    ...channel,
    send: (message, options) => (death.aborted ? never : channel.send(message, options)),
    async *receive(options) {
      for await (const batch of channel.receive({ ...options, signal: AbortSignal.any([options.signal, death]) })) {
        if (death.aborted) await never;
        yield batch;
      }
      if (death.aborted) await never;
    },
    capabilities: {
      ...channel.capabilities,
      ...(live && {
        live: {
          open: (...call) => (death.aborted ? never : live.open(...call)),
          update: (...call) => (death.aborted ? never : live.update(...call)),
          close: (...call) => (death.aborted ? never : live.close(...call)),
        },
      }),
    },
  };
}

/** A runner whose process may be gone. */
function mute(runner: Runner, death: AbortSignal): Runner {
  return {
    ...runner,
    start: (input, options) => {
      if (death.aborted) throw new Error('A dead process started a run.');
      return runner.start(input, options);
    },
  };
}
