import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asId, type JsonObject, type RunHandle, type RunInput, type Runner, type WorkspacePath } from '@threadbridge/contract';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { createSdkRunner, type SdkRunnerOptions } from '../src/sdk/index.ts';
import { baseEnvironment } from './set-up.ts';

/** The real SDK and the real Codex on a scripted model, in a folder of its own. */
export interface SdkWorld extends AsyncDisposable {
  readonly model: ScriptedModel;
  readonly runner: Runner;
  readonly workspace: WorkspacePath;
  readonly home: string;
  /** Process ids of the Codex processes so far, oldest first. */
  readonly pids: readonly number[];
  start(prompt: string, input?: Partial<RunInput>, signal?: AbortSignal): RunHandle;
  /** Another runner on the same home and model; disposed with the world. */
  another(options?: SdkRunnerOptions): Runner;
}

export async function setUpSdk(options: SdkRunnerOptions = {}): Promise<SdkWorld> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sdk-runner-')));
  const home = join(folder, 'home');
  const workspace = asId<WorkspacePath>(join(folder, 'work'));
  await Promise.all([mkdir(home), mkdir(workspace)]);
  const model = await startScriptedModel();
  const pids: number[] = [];
  const logger = {
    debug() {},
    info(fields: object) {
      if ('pid' in fields && typeof fields.pid === 'number') pids.push(fields.pid);
    },
    warn() {},
    error() {},
  };
  const runners: Runner[] = [];
  const another = (own: SdkRunnerOptions = {}) => {
    const env = { ...baseEnvironment(), HOME: folder };
    const runner = createSdkRunner({
      codexHome: home,
      env,
      config: model.codexConfig() as JsonObject,
      logger,
      ...options,
      ...own,
    });
    runners.push(runner);
    return runner;
  };
  const runner = another();
  return {
    model,
    runner,
    workspace,
    home,
    pids,
    another,
    start: (prompt, input, signal) =>
      runner.start({ prompt, workspace, sandbox: 'read-only', ...input }, signal === undefined ? {} : { signal }),
    async [Symbol.asyncDispose]() {
      for (const each of runners) await each[Symbol.asyncDispose]();
      await model.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
