import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  asId,
  type JsonObject,
  type RunEvent,
  type RunHandle,
  type RunInput,
  type Runner,
  type WorkspacePath,
} from '@threadbridge/contract';
import { type ModelRule, type ScriptedModel, startScriptedModel, toConfigFlags } from '@threadbridge/testkit/model';
import { type CodexRunner, type CodexRunnerOptions, createCodexRunner, findNativeBinary, stopServer } from '../src/index.ts';

/** The real Codex on a scripted model, in a folder of its own. */
export interface WorldOf<Made extends Runner = Runner, Options = never> extends AsyncDisposable {
  readonly model: ScriptedModel;
  readonly runner: Made;
  readonly workspace: WorkspacePath;
  readonly home: string;
  /** Process ids of the Codex processes this world's runners have started, oldest first. */
  readonly pids: readonly number[];
  /** A run in the workspace, read-only and asking unless said otherwise. */
  start(prompt: string, input?: Partial<RunInput>, signal?: AbortSignal): RunHandle;
  /** Another runner on the same home and model; disposed with the world. */
  another(options?: Options): Made;
}

/** Through its app-server. */
export type World = WorldOf<CodexRunner, CodexRunnerOptions>;

/** `rules` come before the built-in script of the model. */
export function setUp(options: CodexRunnerOptions = {}, rules: readonly ModelRule[] = []): Promise<World> {
  return openWorld(createCodexRunner, options, rules);
}

/** What every runner is given here. */
type Common = Pick<CodexRunnerOptions, 'codexHome' | 'env' | 'config' | 'logger'>;

export async function openWorld<Made extends Runner, Options extends object>(
  create: (options: Common & Options) => Made,
  options: Options,
  rules: readonly ModelRule[] = [],
): Promise<WorldOf<Made, Options>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'codex-runner-')));
  const home = join(folder, 'home');
  const workspace = asId<WorkspacePath>(join(folder, 'work'));
  await Promise.all([mkdir(home), mkdir(workspace)]);
  const model = await startScriptedModel({ rules });
  const pids: number[] = [];
  const logger = {
    debug() {},
    info(fields: object) {
      if ('pid' in fields && typeof fields.pid === 'number') pids.push(fields.pid);
    },
    warn() {},
    error() {},
  };
  const runners: Made[] = [];
  const another = (own?: Options) => {
    const env = { ...baseEnvironment(), HOME: folder };
    const runner = create({ codexHome: home, env, config: model.codexConfig() as JsonObject, logger, ...options, ...own });
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

/** The same on a server of its own, behind a socket, which is ended with the world. */
export interface SocketWorld extends World {
  readonly socket: string;
  /** A server on that path that is somebody else's; whoever asks for it ends it. */
  listen(path: string): ChildProcess;
}

export async function setUpSocket(options: CodexRunnerOptions = {}, rules: readonly ModelRule[] = []): Promise<SocketWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'socket-'));
  const socket = join(folder, 's');
  const world = await setUp({ transport: { type: 'socket', path: socket, server: 'ours' }, ...options }, rules);
  return {
    ...world,
    socket,
    listen: (path) =>
      spawn(findNativeBinary(), ['app-server', '--listen', `unix://${path}`, ...toConfigFlags(world.model.codexConfig())], {
        env: { ...baseEnvironment(), CODEX_HOME: world.home },
        stdio: 'ignore',
      }),
    async [Symbol.asyncDispose]() {
      for (const name of await readdir(folder)) {
        if (!name.includes('.')) await stopServer(join(folder, name), { drainMs: 0 });
      }
      await world[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads a run to its end; `onEvent` is awaited after each event. */
export async function collect(run: RunHandle, onEvent?: (event: RunEvent) => unknown): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run.events) {
    events.push(event);
    await onEvent?.(event);
  }
  return events;
}

export function ofType<Type extends RunEvent['type']>(
  events: readonly RunEvent[],
  type: Type,
): readonly Extract<RunEvent, { readonly type: Type }>[] {
  return events.filter((event): event is Extract<RunEvent, { readonly type: Type }> => event.type === type);
}

/** A small environment for Codex processes of tests. */
export function baseEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: tmpdir(), LANG: 'C.UTF-8' };
}

/** Whether a process is alive; one that only waits to be reaped is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Resolves when the process is gone; the time limit is the test's. */
export async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}
