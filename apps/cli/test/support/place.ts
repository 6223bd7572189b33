import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopServer } from '@threadbridge/codex-runner';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';

/** A state directory, a workspace and a scripted model, with a configuration that joins them. */
export interface Place extends AsyncDisposable {
  readonly home: string;
  readonly workspace: string;
  readonly configFile: string;
  readonly model: ScriptedModel;
  /** For the command line that is started. */
  readonly environment: Readonly<Record<string, string>>;
  configure(profile: object): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-cli-')));
  const home = join(directory, 'state');
  const workspace = join(directory, 'workspace');
  await mkdir(home, { mode: 0o700 });
  await mkdir(workspace);
  const configFile = join(home, 'config.json');
  const model = await startScriptedModel();
  const services = { nativeApi: { enabled: false }, console: { enabled: false }, taskApi: { enabled: false } };
  return {
    ...{ home, workspace, configFile, model },
    environment: { THREADBRIDGE_HOME: home },
    async configure(profile) {
      const codex = { home: 'isolated', config: model.codexConfig() };
      const settings = { codex, workspaces: { default: workspace }, runs: { quietWindowMs: 50 }, ...services, ...profile };
      await writeFile(configFile, JSON.stringify({ profiles: { default: settings } }));
    },
    async [Symbol.asyncDispose]() {
      await endServers(home);
      await model.close();
      await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Those of gateways that were killed: they would go on until they are idle. */
async function endServers(home: string): Promise<void> {
  const run = join(home, 'run');
  const names = await readdir(run).catch(() => []);
  const sockets = names.filter((name) => /^codex-.*\.sock$/.test(name));
  await Promise.all(sockets.map((name) => stopServer(join(run, name), { drainMs: 0 })));
}
