import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, openTasks, type ProfileOverrides, resolveProfile } from '@threadbridge/gateway';
import type { TaskApi } from '@threadbridge/task-api';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { createDirectoryPlatform } from './directory-platform.ts';
import { createGatewayChild } from './gateway-child.ts';
import { settings } from './open-world.ts';
import { until } from './until.ts';

export interface Victim extends AsyncDisposable {
  readonly model: ScriptedModel;
  readonly platform: ReturnType<typeof createDirectoryPlatform>;
  readonly codexHome: string;
  start(): Promise<void>;
  /** SIGKILL; resolves once the gateway is gone and, but for a server on a socket, everything it had started. */
  kill(): Promise<void>;
  /** Ends it by a signal, and waits as `kill` does. */
  end(signal: NodeJS.Signals): Promise<void>;
  reads(pattern: RegExp): Promise<void>;
  /** The tasks of the gateway, as a program sees them. */
  tasks(): Promise<TaskApi>;
}

export interface VictimOptions {
  /** `socket`: Codex outlives the gateway. */
  readonly transport?: 'stdio' | 'socket';
  readonly more?: ProfileOverrides;
}

/** A gateway in a process of its own, on the real Codex, with a chat that is kept in files. */
export async function openVictim({ transport = 'stdio', more }: VictimOptions = {}): Promise<Victim> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-kill-')));
  const [home, workspace, codexHome, directory] = ['state', 'work', 'codex', 'chat'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  await Promise.all([home, workspace, codexHome, directory].map((path) => mkdir(path)));
  const model = await startScriptedModel();
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  const given = { home, directory, environment, transport, settings: settings(workspace, codexHome, model, more) };
  const platform = createDirectoryPlatform(directory);
  const { start, end } = createGatewayChild(given, codexHome);

  return {
    ...{ model, platform, codexHome, start, end },
    kill: () => end('SIGKILL'),
    async tasks() {
      const loaded = await loadConfig({ environment, flags: { home, settings: given.settings } });
      return openTasks({ profile: resolveProfile(loaded), environment });
    },
    async reads(pattern) {
      await until(
        () => (pattern.test(platform.read()) ? true : undefined),
        () => `nobody could read ${pattern}; they read:\n${platform.read()}`,
      );
    },
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      await model.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** How often Codex sent this prompt to the model as the newest word of the user, retries of one turn counted once. */
export function turnsOf(model: ScriptedModel, prompt: string): number {
  const last = model.requests.at(-1);
  return (last?.userTexts ?? []).filter((text) => text.includes(prompt)).length;
}
