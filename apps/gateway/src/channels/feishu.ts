import { join } from 'node:path';
import { createFeishuChannel, type FeishuCredentials } from '@threadbridge/feishu-channel';
import { lockApp } from '../app-lock.ts';
import { channelFactory } from './channel-factory.ts';
import { type FeishuContext, readApp } from './feishu-app.ts';
import { projectCli } from './feishu-cli.ts';
import { feishuFindings } from './feishu-findings.ts';
import { feishuLogin } from './feishu-login.ts';
import { noteSeen, readSeen } from './seen-events.ts';

/** Feishu and Lark, by an app of the tenant. The app is held as long as the channel is there: its events go to one receiver. */
export const feishu = channelFactory(
  'feishu',
  async (context) => {
    const { profile, settings, paths } = context;
    const app = await readApp(context);
    const lock = await lockApp({
      app: `${settings.domain ?? app.tenant}/${app.appId}`,
      title: `The Feishu app ${app.appId}`,
      holder: `the profile ${profile} of ${paths.home}`,
    });
    return Object.assign(connect(app, context), { [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose]() });
  },
  {
    account: feishuLogin,
    async project(context) {
      const { id, settings, paths } = context;
      const { identity, configDir } = settings.cli;
      if (identity === 'disabled') return undefined;
      const directory = configDir ?? join(paths.directory, 'feishu-cli', encodeURIComponent(id), identity);
      return projectCli(await readApp(context), identity, directory);
    },
    async examine(context, signal) {
      const { id, paths } = context;
      const app = await readApp(context);
      return feishuFindings(await connect(app, context).check(signal), await readSeen(paths.seen, id));
    },
  },
);

function connect(
  { appId, appSecret, tenant }: FeishuCredentials,
  { id, language, settings, paths, logger, clock }: FeishuContext,
) {
  const { domain, replyMode } = settings;
  return createFeishuChannel({
    ...{ id, appId, appSecret, tenant, replyMode, language, logger, clock },
    onSeen: noteSeen({ directory: paths.seen, channel: id, clock, logger }),
    ...(domain !== null && { domain }),
  });
}
