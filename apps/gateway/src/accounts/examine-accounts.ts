import { asId, type ChannelId, type GatewayError, isGatewayError, silentLogger, systemClock } from '@threadbridge/contract';
import type { AccountFinding, ChannelFactory } from '../channels/channel-factory.ts';
import { loginEntry, loginRemedy } from '../channels/login-entry.ts';
import { channelFactories } from '../channels/registry.ts';
import type { Environment } from '../config/home.ts';
import type { ResolvedProfile } from '../config/load.ts';
import { createSecrets, type Keystore } from '../config/secrets.ts';
import { openKeystore } from '../keystore/open-keystore.ts';

export interface ExamineAccountsOptions {
  readonly profile: ResolvedProfile;
  /** For secrets that are kept in variables. */
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly keystore?: Keystore;
  readonly channelFactories?: readonly ChannelFactory[];
}

/** Something found out about the account of a channel. */
export interface ChannelFinding extends AccountFinding {
  /** The channel, as the configuration calls it. */
  readonly key: string;
  /** Nobody is logged in, and nothing was asked. */
  readonly isLoggedOut?: true;
  /** Present where the account could not be asked. */
  readonly error?: GatewayError;
}

/** What the platforms say of the configured accounts that can be asked; needs no gateway and disturbs none. */
export async function examineAccounts(options: ExamineAccountsOptions): Promise<readonly ChannelFinding[]> {
  const { profile, environment, signal } = options;
  const { name, settings, paths } = profile;
  const keystore = options.keystore ?? openKeystore(profile);
  const secrets = createSecrets({ environment, keystore });
  const findings: ChannelFinding[] = [];
  for (const [key, channel] of Object.entries(settings.channels)) {
    const factory = (options.channelFactories ?? channelFactories).find(({ type }) => type === channel.type);
    if (factory === undefined) continue;
    const { account, examine } = factory;
    const { language } = settings;
    const parts = { id: asId<ChannelId>(key), profile: name, language, settings: channel, secrets, paths };
    try {
      if (account?.isElsewhere(channel) === false && (await keystore.get(loginEntry(key).id)) === undefined) {
        findings.push({ key, state: 'fail', isLoggedOut: true, text: 'Nobody is logged in.', remedy: loginRemedy(key, name) });
        continue;
      }
      if (examine === undefined) continue;
      const found = await examine({ ...parts, logger: silentLogger, clock: systemClock }, signal);
      findings.push(...found.map((one) => ({ key, ...one })));
    } catch (error) {
      if (!isGatewayError(error)) throw error;
      const { message, remedy } = error;
      findings.push({ key, state: 'fail', text: message, ...(remedy !== undefined && { remedy }), error });
    }
  }
  return findings;
}
