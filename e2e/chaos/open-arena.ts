import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig, loginAccount, type ProfileOverrides, resolveProfile } from '@threadbridge/gateway';
import { type FakeFeishu, startFakeFeishu } from '@threadbridge/testkit/feishu';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { settings } from '../world/open-world.ts';
import { appServersOf, processesOf } from '../world/processes.ts';
import { rules } from './script.ts';

/** A gateway in a process of its own, restarted whenever it ends, between two fake platforms and the real Codex. */
export interface Arena extends AsyncDisposable {
  readonly wechat: FakeIlink;
  readonly feishu: FakeFeishu;
  readonly model: ScriptedModel;
  readonly workspace: string;
  /** The profile's store. */
  readonly store: string;
  /** True where the profile lies on a disk of its own that may be filled. */
  readonly hasSmallDisk: boolean;
  /** What the gateway said last, each time it ended without having been killed. */
  readonly ownEnds: readonly string[];
  readonly gatewayPid: number | undefined;
  /** What the gateway said on stderr last. */
  readonly lastWords: string;
  /** Resolves once the gateway is up. */
  isUp(): Promise<void>;
  kill(): Promise<void>;
  killAppServer(): boolean;
  freeze(ms: number): Promise<void>;
  shiftClock(ms: number): void;
  fillDisk(ms: number): Promise<void>;
  /** Orderly; nothing is restarted any more. Answers with what is left of its processes. */
  stop(): Promise<readonly string[]>;
}

const diskBytes = 512 * 2 ** 20;

export async function openArena(): Promise<Arena> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-chaos-')));
  const [home, workspace, codexHome] = [join(folder, 'state'), join(folder, 'work'), join(folder, 'codex')] as const;
  await Promise.all([home, workspace, codexHome].map((path) => mkdir(path)));
  const hasSmallDisk = mountSmallDisk(home);
  const model = await startScriptedModel({ rules });
  const [wechat, feishu] = await Promise.all([startFakeIlink({ holdMs: 1_000 }), startFakeFeishu()]);
  const secret = join(folder, 'app-secret');
  await writeFile(secret, feishu.app.secret, { mode: 0o600 });
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  const own: ProfileOverrides = {
    channels: {
      wechat: { type: 'ilink', baseUrl: wechat.url, cdnBaseUrl: wechat.cdnUrl },
      feishu: { type: 'feishu', appId: feishu.app.id, appSecret: { source: 'file', path: secret }, domain: feishu.url },
    },
    access: { owners: [`wechat:${wechat.credentials.userId}`, `feishu:${feishu.owner}`] },
  };
  const chosen = settings(workspace, codexHome, model, own);
  const profile = resolveProfile(await loadConfig({ environment, flags: { home, settings: chosen } }));
  const readCode = () => Promise.reject(new Error('No number was shown.'));
  for await (const step of loginAccount({ profile, key: 'wechat', signal: AbortSignal.timeout(60_000), readCode }))
    if (step.type === 'qr') wechat.phone.confirm();

  let child: ChildProcess | undefined;
  let up = createGate();
  let shiftMs = 0;
  let isStopping = false;
  const ownEnds: string[] = [];
  let lastWords = '';

  function start(): void {
    const script = join(import.meta.dirname, '../processes/shaken-gateway.ts');
    const given = JSON.stringify({ home, settings: chosen, environment, shiftMs });
    const started = spawn(process.execPath, [script, given], { stdio: ['pipe', 'pipe', 'pipe'], env: environment });
    child = started;
    started.stdin.on('error', () => {});
    started.stdout.once('data', () => up.open());
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      lastWords = `${lastWords}${text}`.slice(-2_000);
    });
    started.once('exit', async (_, signal) => {
      if (signal !== 'SIGKILL' && !isStopping) ownEnds.push(/^.*Error: .*$/m.exec(lastWords)?.[0] ?? lastWords.slice(-200));
      lastWords = '';
      up = createGate();
      if (isStopping) return;
      await delay(200);
      start();
    });
  }

  start();
  return {
    ...{ wechat, feishu, model, workspace, store: profile.paths.store, hasSmallDisk, ownEnds },
    get gatewayPid() {
      return child?.pid;
    },
    get lastWords() {
      return lastWords;
    },
    async isUp() {
      const timeout = delay(60_000, undefined, { ref: false }).then(() =>
        Promise.reject(new Error(`The gateway does not come up: ${lastWords}`)),
      );
      await Promise.race([up.opened, timeout]);
    },
    async kill() {
      const victim = child;
      if (victim === undefined || victim.exitCode !== null || victim.signalCode !== null) return;
      const gone = once(victim, 'exit');
      victim.kill('SIGKILL');
      await gone;
    },
    killAppServer() {
      const [server] = appServersOf(codexHome);
      if (server === undefined) return false;
      try {
        process.kill(server.pid, 'SIGKILL');
        return true;
      } catch {
        return false;
      }
    },
    async freeze(ms) {
      child?.kill('SIGSTOP');
      await delay(ms);
      child?.kill('SIGCONT');
    },
    shiftClock(ms) {
      shiftMs = ms;
      child?.stdin?.write(`${JSON.stringify({ shiftMs })}\n`);
    },
    async fillDisk(ms) {
      const ballast = join(home, 'ballast');
      await writeFile(ballast, Buffer.alloc(diskBytes)).catch(() => {});
      await delay(ms);
      await rm(ballast, { force: true });
    },
    async stop() {
      isStopping = true;
      const last = child;
      if (last !== undefined && last.exitCode === null && last.signalCode === null) {
        const gone = once(last, 'exit');
        last.kill('SIGTERM');
        await gone;
      }
      return processesOf(codexHome).map(({ pid, command }) => `${pid} ${command.slice(0, 80)}`);
    },
    async [Symbol.asyncDispose]() {
      isStopping = true;
      child?.kill('SIGKILL');
      await Promise.all([model.close(), wechat.close(), feishu[Symbol.asyncDispose]()]);
      if (hasSmallDisk) execFileSync('umount', ['-l', home]);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

function createGate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A disk of its own for the profile where this process may mount one; else the profile stays on the common one, which is never filled. */
function mountSmallDisk(path: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes},mode=0700`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What the operating system says of a process: resident memory in bytes, and open handles. Linux only; else undefined. */
export async function weigh(pid: number): Promise<{ readonly rssBytes: number; readonly handles: number } | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const handles = (await readdir(`/proc/${pid}/fd`)).length;
    return { rssBytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024, handles };
  } catch {
    return undefined;
  }
}
