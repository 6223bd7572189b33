import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, loginAccount, type ProfileOverrides, resolveProfile } from '@threadbridge/gateway';
import { type FakeFeishu, startFakeFeishu } from '@threadbridge/testkit/feishu';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { settings } from '../world/open-world.ts';
import { appServersOf, processesOf } from '../world/processes.ts';
import { createGatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { openDisk, type SmallDisk } from './open-disk.ts';
import { createRules } from './script.ts';

/** A gateway in a process of its own, restarted whenever it ends, between two fake platforms and the real Codex. */
export interface Arena extends AsyncDisposable {
  readonly wechat: FakeIlink;
  readonly feishu: FakeFeishu;
  readonly model: ScriptedModel;
  readonly gateway: GatewayProcess;
  /** The profile's store. */
  readonly store: string;
  /** Of the profile; undefined where this process may not mount one. */
  readonly disk: SmallDisk | undefined;
  /** With signal 9. False: there is none at the moment. */
  killAppServer(): boolean;
  /** The next answer of the model breaks off. */
  breakModel(): void;
  /** Orderly; nothing is restarted any more. Answers with what is left of its processes. */
  stop(): Promise<readonly string[]>;
}

export async function openArena(transport: 'stdio' | 'socket'): Promise<Arena> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-chaos-')));
  const [home, workspace, codexHome] = [join(folder, 'state'), join(folder, 'work'), join(folder, 'codex')] as const;
  await Promise.all([home, workspace, codexHome].map((path) => mkdir(path)));
  const disk = openDisk(join(folder, 'disk'), home);
  let broken = 0;
  const rules = createRules(() => {
    if (broken === 0) return false;
    broken -= 1;
    return true;
  });
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

  const gateway = createGatewayProcess({ home, transport, settings: chosen, environment });
  return {
    ...{ wechat, feishu, model, gateway, store: profile.paths.store, disk },
    killAppServer() {
      const [server] = appServersOf(codexHome);
      if (server === undefined) return false;
      try {
        return process.kill(server.pid, 'SIGKILL');
      } catch {
        return false;
      }
    },
    breakModel() {
      broken += 1;
    },
    async stop() {
      await gateway.stop();
      return processesOf(codexHome).map(({ pid, command }) => `${pid} ${command.slice(0, 80)}`);
    },
    async [Symbol.asyncDispose]() {
      gateway.end();
      await disk?.isWell();
      await Promise.all([model.close(), wechat.close(), feishu[Symbol.asyncDispose]()]);
      disk?.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
