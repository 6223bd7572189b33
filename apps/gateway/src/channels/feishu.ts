import { GatewayError } from '@threadbridge/contract';
import { createFeishuChannel } from '@threadbridge/feishu-channel';
import { channelFactory } from './channel-factory.ts';

/** Feishu and Lark, by an app of the tenant. */
export const feishu = channelFactory('feishu', async ({ id, settings, secrets, logger, clock }) => {
  const { appId, appSecret, domain, tenant, replyMode } = settings;
  const setting = `channels.${id}.appSecret`;
  if (appSecret === undefined) {
    throw new GatewayError('config.secret_missing', `${setting} is not set; the app cannot log in.`, {
      remedy: `Name where the app's secret is, for instance "appSecret": { "source": "file", "path": "…" }.`,
      certain: true,
    });
  }
  const secret = await secrets.read(appSecret, setting);
  return createFeishuChannel({
    ...{ id, appId, appSecret: secret.reveal(), tenant, replyMode, logger, clock },
    ...(domain !== null && { domain }),
  });
});
