import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeIlink } from '@threadbridge/testkit/ilink';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { settings } from './open-world.ts';
import { processesOf } from './processes.ts';
import { until } from './until.ts';

export interface WechatVictim extends AsyncDisposable {
  readonly model: ScriptedModel;
  readonly workspace: string;
  readonly codexHome: string;
  readonly environment: Readonly<Record<string, string>>;
  start(): Promise<void>;
  /** Ends it by a signal; resolves once the gateway and everything it had started is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** A gateway in a process of its own between these WeChat accounts, by key, and the real Codex. The person with each QR code is an owner. */
export async function openWechatVictim(fakes: Readonly<Record<string, FakeIlink>>): Promise<WechatVictim> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-wechat-')));
  const [home, workspace, codexHome] = [join(folder, 'state'), join(folder, 'work'), join(folder, 'codex')] as const;
  await Promise.all([mkdir(home), mkdir(workspace), mkdir(codexHome)]);
  const model = await startScriptedModel();
  const accounts = Object.entries(fakes);
  const logins = accounts.map(([key, fake]) => [key.toUpperCase(), JSON.stringify(fake.credentials)] as const);
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  const channels = Object.fromEntries(
    accounts.map(([key, { url, cdnUrl }]) => {
      const credentials = { source: 'env', name: key.toUpperCase() } as const;
      return [key, { type: 'ilink', baseUrl: url, cdnBaseUrl: cdnUrl, credentials }] as const;
    }),
  );
  const owners = accounts.map(([key, { credentials }]) => `${key}:${credentials.userId}`);
  const given = JSON.stringify({
    home,
    settings: settings(workspace, codexHome, model, { channels, access: { owners } }),
    environment: { ...environment, ...Object.fromEntries(logins) },
  });
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
    ...{ model, workspace, codexHome, environment, end },
    async start() {
      const script = join(import.meta.dirname, '../processes/wechat-gateway.ts');
      const started = spawn(process.execPath, [script, given], { stdio: ['ignore', 'pipe', 'inherit'], env: environment });
      child = started;
      await Promise.race([
        once(started.stdout, 'data'),
        once(started, 'exit').then(() => Promise.reject(new Error('The gateway ended before it was ready.'))),
      ]);
    },
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      await model.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
