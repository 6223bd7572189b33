import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '@threadbridge/contract';
import { loadConfig, openGateway, type ProfileOverrides, type RunningGateway, resolveProfile } from '@threadbridge/gateway';
import { openSqliteAudit } from '@threadbridge/store';
import { type ClickOutcome, type FakeFeishu, type FakeFeishuOptions, startFakeFeishu } from '@threadbridge/testkit/feishu';
import { type ModelRule, type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { settings } from './open-world.ts';
import { until } from './until.ts';

/** The whole product between a fake Feishu, spoken to by the real SDK, and the real Codex on a scripted model. */
export interface FeishuWorld extends AsyncDisposable {
  readonly fake: FakeFeishu;
  readonly model: ScriptedModel;
  readonly home: string;
  readonly workspace: string;
  /** Starts the gateway, and resolves when it listens; `more` goes over the settings. */
  start(more?: ProfileOverrides): Promise<RunningGateway>;
  /** Moves the time that the gateway reads; what it sleeps through stays real. */
  setTime(aheadMs: number): void;
  /** What was refused, in order: who, and why. */
  refusals(): Promise<readonly { readonly actor: string | undefined; readonly because: unknown }[]>;
  /** Everything that people can see: messages, cards as they stand now, comments. */
  read(): string;
  /** Resolves once this can be read. */
  reads(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves once whoever clicked was told: in a toast, or where the machine was too slow for one, in a message. */
  tells(clicked: ClickOutcome, words: RegExp): Promise<void>;
  /** Resolves once this holds. */
  comesTo(what: string, holds: () => boolean): Promise<void>;
}

export interface FeishuSettings {
  readonly replyMode?: 'card' | 'markdown' | 'text';
}

export async function openFeishu(
  options: FakeFeishuOptions = {},
  own: FeishuSettings = {},
  rules: readonly ModelRule[] = [],
): Promise<FeishuWorld> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-feishu-')));
  const [home, workspace, codexHome] = [join(folder, 'state'), join(folder, 'work'), join(folder, 'codex')] as const;
  await Promise.all([home, workspace, codexHome].map((path) => mkdir(path)));
  const [model, fake] = await Promise.all([startScriptedModel({ rules }), startFakeFeishu(options)]);
  const secret = join(folder, 'app-secret');
  await writeFile(secret, fake.app.secret, { mode: 0o600 });
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  const gateways: RunningGateway[] = [];
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  let store = '';
  const read = () => `${fake.sent.map(({ text }) => text).join('\n---\n')}\n${JSON.stringify(fake.cards)}`;
  const reads = (pattern: RegExp) =>
    until(
      () => pattern.exec(read()) ?? undefined,
      () => `nobody could read ${pattern}; they saw:\n${read()}`,
    );
  return {
    ...{ fake, model, home, workspace, read, reads },
    async start(more = {}) {
      const all: ProfileOverrides = {
        channels: {
          feishu: { type: 'feishu', appId: fake.app.id, appSecret: { source: 'file', path: secret }, domain: fake.url, ...own },
        },
        access: { owners: ['feishu:ou_owner'] },
        permissions: { defaultAccess: 'read-only', maxAccess: 'workspace', network: false },
        ...more,
      };
      const loaded = await loadConfig({ environment, flags: { home, settings: settings(workspace, codexHome, model, all) } });
      const before = fake.connections.connects;
      const profile = resolveProfile(loaded);
      store = profile.paths.store;
      const gateway = await openGateway({ profile, environment, clock });
      gateways.push(gateway);
      await fake.until(() => fake.connections.connects > before && fake.connections.open > 0);
      return gateway;
    },
    setTime(aheadMs) {
      ahead = aheadMs;
    },
    async refusals() {
      await using audit = await openSqliteAudit({ path: store });
      const records = await audit.readAudit(0, 1_000);
      return records.flatMap(({ outcome, actor, detail }) => (outcome === 'refused' ? [{ actor, because: detail.because }] : []));
    },
    async tells({ toast }, words) {
      if (toast === undefined || !words.test(toast.content)) await reads(words);
    },
    async comesTo(what, holds) {
      await until(
        () => (holds() ? true : undefined),
        () => `${what}; they saw:\n${read()}`,
      );
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(gateways.map((gateway) => gateway.stop()));
      await model.close();
      await fake[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
