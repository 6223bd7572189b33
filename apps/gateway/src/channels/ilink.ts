import { type DrawPicture, GatewayError, isGatewayError } from '@threadbridge/contract';
import { createIlinkChannel, defaultBaseUrl, type IlinkCredentials, login } from '@threadbridge/ilink-channel';
import * as z from 'zod';
import type { ChannelSettingsOf } from '../config/schema-channel.ts';
import { type ChannelContext, channelFactory } from './channel-factory.ts';
import { loginEntry, loginRemedy } from './login-entry.ts';
import { waitForLogin } from './wait-for-login.ts';

type Context = ChannelContext<ChannelSettingsOf<'ilink'>>;

const credentialsSchema = z.object({
  token: z.string().min(1),
  accountId: z.string().min(1),
  userId: z.string().optional(),
  baseUrl: z.string().optional(),
});

/** How often a login is looked for that somebody was asked to make. */
const lookEveryMs = 2_000;

const nobody: IlinkCredentials = { token: '', accountId: '' };

/** WeChat. Its credentials are what a login gave, as JSON: stored by the login, or wherever the setting says. */
export const ilink = channelFactory(
  'ilink',
  async (context) => {
    const { id, profile, settings, logger, clock, canLogInLater = false } = context;
    const readLogin = () => readStored(context);
    /** Another process logs in; what it stores is noticed here. */
    async function nextLogin(ended: IlinkCredentials, signal: AbortSignal): Promise<IlinkCredentials | undefined> {
      for (;;) {
        const login = await readLogin().catch(() => undefined);
        if (signal.aborted) return undefined;
        if (login !== undefined && login.token !== ended.token) return login;
        await clock.sleep(lookEveryMs, signal);
      }
    }
    const found = await readLogin().catch((error: unknown) => {
      if (!canLogInLater || !isGatewayError(error) || error.code !== 'config.secret_missing') throw error;
      return undefined;
    });
    const credentials = found ?? nobody;
    const { baseUrl, cdnBaseUrl, pictures } = settings;
    const drawPicture = pictures === 'auto' ? await findDrawer() : undefined;
    const channel = createIlinkChannel({
      ...{ id, credentials, nextLogin, logger, clock },
      ...(baseUrl !== null && { baseUrl }),
      ...(cdnBaseUrl !== null && { cdnBaseUrl }),
      ...(drawPicture && { drawPicture }),
    });
    return found === undefined ? waitForLogin(channel, loginRemedy(id, profile)) : channel;
  },
  {
    // What comes in is fetched by one program, so nothing is asked of the platform here.
    async examine(context) {
      const { accountId } = await readStored(context);
      return [{ state: 'ok', text: `Logged in as ${accountId}.` }];
    },
    account: {
      login({ settings: { baseUrl }, stored, signal, readCode }) {
        const known = stored === undefined ? undefined : readCredentials(stored);
        return login({
          ...{ signal, readCode },
          ...(baseUrl !== null && { baseUrl }),
          ...(known && { knownTokens: [known.token] }),
        });
      },
      isElsewhere: ({ credentials }) => credentials !== undefined,
      describe(settings, stored) {
        const known = stored === undefined ? undefined : readCredentials(stored);
        const baseUrl = settings.baseUrl ?? known?.baseUrl;
        return {
          ...(known && { accountId: known.accountId }),
          ...(known?.userId !== undefined && { userId: known.userId }),
          ...(baseUrl !== undefined && { baseUrl }),
        };
      },
      address: ({ baseUrl }, stored) =>
        baseUrl ?? (stored === undefined ? undefined : readCredentials(stored)?.baseUrl) ?? defaultBaseUrl,
    },
  },
);

/** Throws `config.*` where there is no login. */
async function readStored({ id, profile, settings, secrets }: Context): Promise<IlinkCredentials> {
  const remedy = loginRemedy(id, profile);
  const setting = `channels.${id}.credentials`;
  const secret = await secrets.read(settings.credentials ?? loginEntry(id), setting, remedy);
  const login = readCredentials(secret.reveal());
  if (login === undefined)
    throw new GatewayError('config.invalid', `The secret for ${setting} is no WeChat login.`, {
      remedy: settings.credentials === undefined ? remedy : 'Wanted: JSON with token and accountId, as a login gives it.',
      certain: true,
    });
  secrets.conceal(login.token);
  return login;
}

/** Undefined: the renderer is not installed here; blocks are said as text. */
async function findDrawer(): Promise<DrawPicture | undefined> {
  try {
    return (await import('@threadbridge/pictures')).createPictureDrawer();
  } catch {
    return undefined;
  }
}

/** Undefined: the text is no such thing. Says nothing of what it holds. */
function readCredentials(text: string): IlinkCredentials | undefined {
  try {
    const { token, accountId, userId, baseUrl } = credentialsSchema.parse(JSON.parse(text));
    return { token, accountId, ...(userId !== undefined && { userId }), ...(baseUrl !== undefined && { baseUrl }) };
  } catch {
    return undefined;
  }
}
