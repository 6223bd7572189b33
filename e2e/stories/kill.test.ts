import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { expect, it } from 'vitest';
import { createDirectoryPlatform } from '../world/directory-platform.ts';
import { settings } from '../world/open-world.ts';
import { processesOf } from '../world/processes.ts';
import { until } from '../world/until.ts';

interface Victim extends AsyncDisposable {
  readonly model: ScriptedModel;
  readonly platform: ReturnType<typeof createDirectoryPlatform>;
  readonly codexHome: string;
  start(): Promise<void>;
  /** SIGKILL; resolves once the gateway and everything it had started are gone. */
  kill(): Promise<void>;
  reads(pattern: RegExp): Promise<void>;
}

/** A gateway in a process of its own, on the real Codex, with a chat that is kept in files. */
async function openVictim(): Promise<Victim> {
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
  const given = { home, directory, environment, settings: settings(workspace, codexHome, model) };
  const platform = createDirectoryPlatform(directory);
  let child: ChildProcess | undefined;

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    await until(
      () => (processesOf(codexHome).length === 0 ? true : undefined),
      () => `still there: ${JSON.stringify(processesOf(codexHome))}`,
    );
  }

  return {
    ...{ model, platform, codexHome },
    async start() {
      const script = join(import.meta.dirname, '../processes/gateway.ts');
      const started = spawn(process.execPath, [script, JSON.stringify(given)], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: environment,
      });
      child = started;
      await Promise.race([
        once(started.stdout, 'data'),
        once(started, 'exit').then(() => Promise.reject(new Error('The gateway ended before it was ready.'))),
      ]);
    },
    kill: () => end('SIGKILL'),
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
function turnsOf(model: ScriptedModel, prompt: string): number {
  const last = model.requests.at(-1);
  return (last?.userTexts ?? []).filter((text) => text.includes(prompt)).length;
}

it('survives kill -9 in mid-turn: the run is told as cut off, what waited runs once, the thread goes on', async () => {
  await using victim = await openVictim();
  await victim.start();
  victim.platform.say('[[say: remembered]]');
  await victim.reads(/remembered/);
  victim.platform.say('[[gate: mid]] [[say: unseen]]');
  await victim.model.reached('mid');
  victim.platform.say('[[say: waited for it]]');
  await victim.reads(/1 in line/);
  await victim.kill();
  await victim.start();
  await victim.reads(/cut off[\s\S]*waited for it/);
  victim.platform.say('who am I?');
  await victim.reads(/who am I\?[\s\S]*message 4/);
  for (const prompt of ['remembered', 'gate: mid', 'waited for it', 'who am I?'])
    expect(turnsOf(victim.model, prompt), prompt).toBe(1);
  const keys = victim.platform.written().map((one) => one.key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(victim.platform.read()).not.toContain('unseen');
});

it('handles once what was written while it was dead', async () => {
  await using victim = await openVictim();
  await victim.start();
  victim.platform.say('[[say: before]]');
  await victim.reads(/before/);
  await victim.kill();
  for (const text of ['one', 'two', 'three']) victim.platform.say(`[[say: after ${text}]]`);
  await victim.start();
  await victim.reads(/after three/);
  for (const text of ['one', 'two', 'three']) expect(turnsOf(victim.model, `after ${text}`), text).toBe(1);
});

it('tells that a question is void when it was killed while somebody had to answer', async () => {
  await using victim = await openVictim();
  await victim.start();
  victim.platform.say('[[run!: touch x]] [[say: unseen]]');
  await victim.reads(/\/approve (\w+)` yes/);
  const code = /\/approve (\w+)` yes/.exec(victim.platform.read())?.[1];
  await victim.kill();
  victim.platform.say(`/approve ${code}`);
  await victim.start();
  await victim.reads(/cut off[\s\S]*No open request|was not used/);
  victim.platform.say('[[say: alive]]');
  await victim.reads(/alive/);
});
