import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeIlink } from '@threadbridge/testkit/ilink';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { createGatewayChild, type GatewayChild } from './gateway-child.ts';
import { settings } from './open-world.ts';

export interface WechatVictim extends GatewayChild, AsyncDisposable {
  readonly model: ScriptedModel;
  readonly workspace: string;
  readonly codexHome: string;
  readonly environment: Readonly<Record<string, string>>;
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
  const given = {
    home,
    settings: settings(workspace, codexHome, model, { channels, access: { owners } }),
    environment: { ...environment, ...Object.fromEntries(logins) },
  };
  const { start, end } = createGatewayChild(given, codexHome);

  return {
    ...{ model, workspace, codexHome, environment, start, end },
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      await model.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
