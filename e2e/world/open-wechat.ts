import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ExtraChannel,
  type LifecycleEvent,
  loadConfig,
  loginAccount,
  openGateway,
  type ProfileOverrides,
  type ResolvedProfile,
  type RunningGateway,
  resolveProfile,
  showClaim,
} from '@threadbridge/gateway';
import { type FakeIlink, type FakeIlinkOptions, startFakeIlink } from '@threadbridge/testkit/ilink';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { settings } from './open-world.ts';
import { until } from './until.ts';

/** The whole product between a fake WeChat on loopback and the real Codex on a scripted model. */
export interface WechatWorld extends AsyncDisposable {
  readonly fake: FakeIlink;
  readonly model: ScriptedModel;
  readonly workspace: string;
  readonly events: readonly LifecycleEvent[];
  /** By QR code, as a person does; the login is stored with the profile. */
  logIn(): Promise<void>;
  /** What `threadbridge claim` shows. Undefined: somebody is the owner. */
  claim(): Promise<string | undefined>;
  start(extraChannels?: readonly ExtraChannel[]): Promise<RunningGateway>;
  /** What the owner reads from message `after` on, as one text. */
  read(after?: number): string;
  /** Resolves once the owner can read this. */
  reads(pattern: RegExp, after?: number): Promise<RegExpExecArray>;
}

export async function openWechat(options: FakeIlinkOptions = {}, more: ProfileOverrides = {}): Promise<WechatWorld> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-wechat-')));
  const [home, workspace, codexHome] = [join(folder, 'state'), join(folder, 'work'), join(folder, 'codex')] as const;
  await Promise.all([mkdir(home), mkdir(workspace), mkdir(codexHome)]);
  const model = await startScriptedModel();
  const fake = await startFakeIlink({ holdMs: 500, ...options });
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  const gateways: RunningGateway[] = [];
  const events: LifecycleEvent[] = [];

  async function profile(): Promise<ResolvedProfile> {
    const own: ProfileOverrides = {
      channels: { wechat: { type: 'ilink', baseUrl: fake.url, cdnBaseUrl: fake.cdnUrl } },
      access: { owners: ['wechat:owner@im.wechat'] },
      ...more,
    };
    return resolveProfile(
      await loadConfig({ environment, flags: { home, settings: settings(workspace, codexHome, model, own) } }),
    );
  }

  const read = (after = 0) =>
    fake.sent
      .slice(after)
      .map(({ text }) => text)
      .join('\n---\n');

  return {
    ...{ fake, model, workspace, events, read },
    async logIn() {
      const readCode = () => Promise.reject(new Error('No number was shown.'));
      const { signal } = new AbortController();
      for await (const step of loginAccount({ profile: await profile(), key: 'wechat', signal, readCode }))
        if (step.type === 'qr') fake.phone.confirm();
    },
    claim: async () => (await showClaim({ profile: await profile() }))?.code,
    async start(extraChannels = []) {
      const onEvent = (event: LifecycleEvent) => void events.push(event);
      const gateway = await openGateway({ profile: await profile(), environment, extraChannels, onEvent });
      gateways.push(gateway);
      return gateway;
    },
    reads: (pattern, after = 0) =>
      until(
        () => pattern.exec(read(after)) ?? undefined,
        () => `the owner could not read ${pattern}; they read:\n${read(after)}`,
      ),
    async [Symbol.asyncDispose]() {
      for (const gateway of gateways) await gateway.stop();
      await fake.close();
      await model.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
