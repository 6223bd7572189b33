import type { Runner, RunnerHealth } from '@threadbridge/contract';
import {
  type LifecycleEvent,
  loadConfig,
  openGateway,
  type ProfileOverrides,
  type ResolvedProfile,
  type RunningGateway,
  resolveProfile,
} from '@threadbridge/gateway';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import type { CommonOptions } from '../commands/command-file.ts';
import type { Io } from '../io.ts';
import { createProfileRunner } from '../profile-runner.ts';
import { type TerminalChannel, terminalActorId } from '../terminal/terminal-channel.ts';
import { type DemoPlace, openDemoPlace } from './demo-place.ts';

export interface OpenDemoOptions {
  readonly io: Io;
  readonly common: CommonOptions;
  /** A directory that stays; absent: a temporary one. */
  readonly keep?: string;
  /** Serves the console, at a free port. Default false. */
  readonly hasConsole?: boolean;
  readonly onEvent?: (event: LifecycleEvent) => void;
}

/** Everything of a demo but the chat: the scripted model, a place, and gateways on it. */
export interface Demo extends AsyncDisposable {
  readonly model: ScriptedModel;
  readonly place: DemoPlace;
  readonly profile: ResolvedProfile;
  /** The whole gateway with this chat; one at a time. */
  open(channel: TerminalChannel, signal: AbortSignal): Promise<RunningGateway>;
  /** Aborts with the reason when a gateway could not go on. */
  readonly failed: AbortSignal;
  /** What works of Codex on this machine. Needs an open gateway. */
  check(): Promise<RunnerHealth | undefined>;
}

/** Starts what a demo needs, on this computer alone. */
export async function openDemo({ io, common, keep, hasConsole = false, onEvent }: OpenDemoOptions): Promise<Demo> {
  const place = await openDemoPlace(keep);
  const model = await startScriptedModel();
  const close = async () => {
    await model.close();
    await place[Symbol.asyncDispose]();
  };
  try {
    const { environment } = io;
    const profile = await demoProfile({ place, model, io, common, hasConsole });
    const failing = new AbortController();
    let runner: Runner | undefined;
    return {
      failed: failing.signal,
      model,
      place,
      profile,
      async open(channel, signal) {
        const gateway = await openGateway({
          profile,
          environment,
          signal,
          extraChannels: [{ channel, owner: terminalActorId }],
          async createRunner() {
            runner = await createProfileRunner(profile, environment);
            return runner;
          },
          ...(onEvent && { onEvent }),
        });
        gateway.stopped.catch((error: unknown) => failing.abort(error));
        return gateway;
      },
      check: async () => runner?.check(),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface DemoParts extends Pick<OpenDemoOptions, 'io' | 'common'> {
  readonly place: DemoPlace;
  readonly model: ScriptedModel;
  readonly hasConsole: boolean;
}

async function demoProfile({ place, model, io, common, hasConsole }: DemoParts): Promise<ResolvedProfile> {
  const { environment } = io;
  const { config, profile } = common;
  const loaded = await loadConfig({
    environment,
    flags: {
      home: place.home,
      settings: { ...demoSettings(place.workspace, model, hasConsole), language: io.language },
      ...(config !== undefined && { config }),
      ...(profile !== undefined && { profile }),
    },
  });
  return resolveProfile(loaded);
}

/** Read-only, so that every change of a file is asked for and can be seen before it happens. */
function demoSettings(workspace: string, model: ScriptedModel, hasConsole: boolean): ProfileOverrides {
  return {
    codex: { home: 'isolated', auth: { mode: 'codex-home' }, config: model.codexConfig() },
    workspaces: { default: workspace },
    permissions: { defaultAccess: 'read-only', maxAccess: 'workspace', network: false },
    runs: { quietWindowMs: 150 },
    nativeApi: { enabled: false },
    console: { enabled: hasConsole, port: 0 },
    taskApi: { enabled: false },
  };
}
