import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakePlatform, type FakePlatform, type FakePlatformOptions } from '@threadbridge/contract/testing';
import {
  loadConfig,
  openGateway,
  type ProfileOverrides,
  type ResolvedProfile,
  type RunningGateway,
  resolveProfile,
} from '@threadbridge/gateway';
import { type ModelRule, type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { until } from './until.ts';

/** The whole product on real parts: the real Codex on a scripted model, real SQLite, a chat platform in memory. */
export interface World extends AsyncDisposable {
  readonly platform: FakePlatform;
  readonly model: ScriptedModel;
  readonly workspace: string;
  readonly codexHome: string;
  /** The variables that every process of this world sees. */
  readonly environment: Readonly<Record<string, string>>;
  start(): Promise<RunningGateway>;
  /** The profile that gateways of this world run. */
  profile(): Promise<ResolvedProfile>;
  /** What people read from `after` on, as one text. */
  read(after?: number): string;
  /** Resolves once people can read this. */
  reads(pattern: RegExp, after?: number): Promise<RegExpExecArray>;
}

export interface WorldOptions {
  readonly rules?: readonly ModelRule[];
  readonly settings?: ProfileOverrides;
  readonly platform?: FakePlatformOptions;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-e2e-')));
  const home = join(folder, 'state');
  const workspace = join(folder, 'work');
  const codexHome = join(folder, 'codex');
  await Promise.all([mkdir(home), mkdir(workspace), mkdir(codexHome)]);
  const model = await startScriptedModel({ rules: options.rules ?? [] });
  const platform = createFakePlatform({ now: Date.now, maxText: 20_000, ...options.platform });
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  const gateways: RunningGateway[] = [];

  const profile = async () => {
    const flags = { home, settings: settings(workspace, codexHome, model, options.settings) };
    return resolveProfile(await loadConfig({ environment, flags }));
  };
  async function start(): Promise<RunningGateway> {
    const gateway = await openGateway({
      profile: await profile(),
      environment,
      extraChannels: [{ channel: platform.connect(), owner: platform.owner.id }],
    });
    gateways.push(gateway);
    return gateway;
  }

  const read = (after = 0) =>
    platform.shown
      .slice(after)
      .map((one) => one.message.markdown)
      .join('\n---\n');

  return {
    ...{ platform, model, workspace, codexHome, environment, start, profile, read },
    reads: (pattern, after = 0) =>
      until(
        () => pattern.exec(read(after)) ?? undefined,
        () => `nobody could read ${pattern}; they read:\n${read(after)}`,
      ),
    async [Symbol.asyncDispose]() {
      for (const gateway of gateways) await gateway.stop();
      await model.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** A profile on the scripted model, with nothing that listens. */
export function settings(
  workspace: string,
  codexHome: string,
  model: ScriptedModel,
  more: ProfileOverrides = {},
): ProfileOverrides {
  return {
    codex: { home: codexHome, auth: { mode: 'codex-home' }, config: model.codexConfig() },
    workspaces: { default: workspace },
    permissions: { defaultAccess: 'workspace', maxAccess: 'workspace', network: false },
    runs: { quietWindowMs: 0 },
    nativeApi: { enabled: false },
    console: { enabled: false },
    taskApi: { enabled: false },
    ...more,
  };
}
