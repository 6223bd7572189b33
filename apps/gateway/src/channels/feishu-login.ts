import { isGatewayError, type JsonObject, type LoginStep } from '@threadbridge/contract';
import { createFeishuChannel, domains, type FeishuCredentials, login, neededScopes } from '@threadbridge/feishu-channel';
import type { ChannelSettingsOf } from '../config/schema-channel.ts';
import type { AccountLogin, LoginContext } from './channel-factory.ts';
import { readCredentials } from './feishu-app.ts';

type Settings = ChannelSettingsOf<'feishu'>;

/** A scan makes an app; an app that is known already is logged in by its secret. */
export const feishuLogin: AccountLogin<Settings> = {
  login(context) {
    const app = context.app ?? context.settings.appId;
    return app === undefined ? scan(context) : byAnApp(app, context);
  },
  isElsewhere: ({ appSecret }) => appSecret !== undefined,
  describe({ appId, domain }, stored) {
    const known = stored === undefined ? undefined : readCredentials(stored);
    return {
      ...(known && { accountId: known.appId }),
      ...(known === undefined && appId !== undefined && { accountId: appId }),
      ...(known?.owner !== undefined && { userId: known.owner }),
      ...(domain !== null && { baseUrl: domain }),
    };
  },
  address({ domain, tenant }, stored) {
    const known = stored === undefined ? undefined : readCredentials(stored);
    return domain ?? domains[tenant ?? known?.tenant ?? 'feishu'];
  },
};

async function* scan({ settings, signal }: LoginContext<Settings>): AsyncGenerator<LoginStep<JsonObject>> {
  const scopes = neededScopes.flatMap(({ anyOf }) => anyOf[0] ?? []);
  const accountsUrl = settings.domain === null ? {} : { accountsUrl: settings.domain };
  for await (const step of login({ signal, scopes, ...accountsUrl }))
    yield step.type === 'complete' ? { type: 'complete', credentials: { ...step.credentials } } : step;
}

async function* byAnApp(appId: string, context: LoginContext<Settings>): AsyncGenerator<LoginStep<JsonObject>> {
  const { settings, signal } = context;
  const tenant = settings.tenant ?? 'feishu';
  if (context.readSecret === undefined) {
    yield {
      type: 'failed',
      reason: 'refused',
      message: `Log in at the command line, where the secret of ${appId} can be asked for.`,
    };
    return;
  }
  const appSecret = (await context.readSecret({ what: `the secret of the app ${appId}`, signal })).trim();
  const credentials: FeishuCredentials = { appId, appSecret, tenant };
  const channel = createFeishuChannel({ ...credentials, ...(settings.domain !== null && { domain: settings.domain }) });
  try {
    await channel.check(signal);
  } catch (error) {
    if (!isGatewayError(error) || error.code !== 'channel.unauthorized') throw error;
    const help = tenant === 'feishu' ? 'An app of Lark needs "tenant": "lark".' : 'An app of Feishu needs "tenant": "feishu".';
    yield { type: 'failed', reason: 'refused', message: `The platform does not know this app and secret. ${help}` };
    return;
  }
  yield { type: 'complete', credentials: { ...credentials } };
}
