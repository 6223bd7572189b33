import { GatewayError } from '@threadbridge/contract';
import type { FeishuCredentials } from '@threadbridge/feishu-channel';
import * as z from 'zod';
import type { ChannelSettingsOf } from '../config/schema-channel.ts';
import type { ChannelContext } from './channel-factory.ts';
import { loginCommand, loginEntry, loginRemedy } from './login-entry.ts';

export type FeishuContext = ChannelContext<ChannelSettingsOf<'feishu'>>;

const credentialsSchema = z.object({
  appId: z.string().min(1),
  appSecret: z.string().min(1),
  tenant: z.enum(['feishu', 'lark']),
  owner: z.string().optional(),
});

/** The app of a channel: named by the configuration, or what a login stored. Throws `config.*` where there is none. */
export async function readApp({ id, profile, settings, secrets }: FeishuContext): Promise<FeishuCredentials> {
  if (settings.appSecret !== undefined) {
    const { appId, tenant = 'feishu' } = settings;
    if (appId === undefined)
      throw new GatewayError('config.invalid', `channels.${id}.appSecret is set, and channels.${id}.appId is not.`, {
        remedy: 'Name the app that the secret belongs to.',
        certain: true,
      });
    const secret = await secrets.read(settings.appSecret, `channels.${id}.appSecret`);
    return { appId, appSecret: secret.reveal(), tenant };
  }
  const remedy = loginRemedy(id, profile);
  const setting = `the login of channels.${id}`;
  const stored = readCredentials((await secrets.read(loginEntry(id), setting, remedy)).reveal());
  if (stored === undefined)
    throw new GatewayError('config.invalid', `What is stored as ${setting} is none.`, { remedy, certain: true });
  secrets.conceal(stored.appSecret);
  if (settings.appId !== undefined && settings.appId !== stored.appId)
    throw new GatewayError('config.invalid', `channels.${id}.appId is ${settings.appId}; the login is that of ${stored.appId}.`, {
      remedy: `Take appId out, or log in that app: ${loginCommand(id, profile)}`,
      certain: true,
    });
  return { ...stored, tenant: settings.tenant ?? stored.tenant };
}

/** Undefined: the text is no such thing. Says nothing of what it holds. */
export function readCredentials(text: string): FeishuCredentials | undefined {
  try {
    const { owner, ...app } = credentialsSchema.parse(JSON.parse(text));
    return { ...app, ...(owner !== undefined && { owner }) };
  } catch {
    return undefined;
  }
}
