import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig, loginAccount, resolveProfile } from '@threadbridge/gateway';
import { startFakeFeishu } from '@threadbridge/testkit/feishu';
import { startFakeIlink } from '@threadbridge/testkit/ilink';
import { startScriptedModel } from '@threadbridge/testkit/model';
import { type Figure, rounded } from './figure.ts';

/** The command as a service: both channels connected, nobody writes. Codex is a process of its own and not counted. Linux only. */
export async function benchGateway(options: { readonly idleMs?: number } = {}): Promise<readonly Figure[]> {
  if (process.platform !== 'linux') return [];
  const { idleMs = 10_000 } = options;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-bench-')));
  const [home, workspace, codexHome] = [join(folder, 'state'), join(folder, 'work'), join(folder, 'codex')] as const;
  await Promise.all([home, workspace, codexHome].map((path) => mkdir(path)));
  const model = await startScriptedModel();
  const [wechat, feishu] = await Promise.all([startFakeIlink(), startFakeFeishu()]);
  const secret = join(folder, 'app-secret');
  const file = join(home, 'config.json');
  const config = {
    schemaVersion: 1,
    profiles: {
      default: {
        codex: { home: codexHome, auth: { mode: 'codex-home' }, config: model.codexConfig() },
        channels: {
          wechat: { type: 'ilink', baseUrl: wechat.url, cdnBaseUrl: wechat.cdnUrl },
          feishu: { type: 'feishu', appId: feishu.app.id, appSecret: { source: 'file', path: secret }, domain: feishu.url },
        },
        access: { owners: [`wechat:${wechat.credentials.userId}`, `feishu:${feishu.owner}`] },
        workspaces: { default: workspace },
        nativeApi: { port: 0 },
      },
    },
  };
  await writeFile(secret, feishu.app.secret, { mode: 0o600 });
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8', THREADBRIDGE_HOME: home };
  try {
    const profile = resolveProfile(await loadConfig({ environment, flags: {} }));
    const readCode = () => Promise.reject(new Error('No number was shown.'));
    for await (const step of loginAccount({ profile, key: 'wechat', signal: AbortSignal.timeout(60_000), readCode }))
      if (step.type === 'qr') wechat.phone.confirm();

    const command = join(import.meta.dirname, '../apps/cli/dist/main.js');
    const startedAt = performance.now();
    const child = spawn(process.execPath, [command, 'start', '--json'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await ready(createInterface({ input: child.stdout }));
    const upMs = performance.now() - startedAt;
    const before = await look(child.pid);
    await delay(idleMs);
    const after = await look(child.pid);
    const stoppedAt = performance.now();
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    const stopMs = performance.now() - stoppedAt;
    return [
      { name: 'gateway: start → both channels connected', value: rounded(upMs), unit: 'ms' },
      {
        name: 'gateway: memory, both channels idle',
        line: 'memory',
        ...{ value: rounded(after.rssBytes / 1e6), unit: 'MB', target: { atMost: 150 } },
      },
      { name: 'gateway: processor while idle', value: rounded(((after.cpuMs - before.cpuMs) / idleMs) * 100), unit: '%' },
      { name: 'gateway: stop', value: rounded(stopMs), unit: 'ms', target: { atMost: 10_000 } },
    ];
  } finally {
    await Promise.all([model.close(), wechat.close(), feishu[Symbol.asyncDispose]()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

interface Line {
  readonly event: string;
  readonly channels?: Readonly<Record<string, string>>;
}

/** Both channels are connected: one that failed needs less memory. */
async function ready(lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) {
    const { event, channels } = JSON.parse(line) as Line;
    if (event !== 'ready') continue;
    if (channels?.wechat === 'connected' && channels.feishu === 'connected') return;
    throw new Error(`A channel is not connected: ${JSON.stringify(channels)}.`);
  }
  throw new Error('The gateway ended before it was ready.');
}

/** What the kernel says of the process. A clock tick is 10 ms on every Linux that Node runs on. */
async function look(pid: number | undefined): Promise<{ readonly rssBytes: number; readonly cpuMs: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const stat = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return { rssBytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024, cpuMs: (Number(stat[11]) + Number(stat[12])) * 10 };
}
