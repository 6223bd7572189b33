import type { Channel, ChannelId, Clock, JsonObject, Logger, LoginStep } from '@threadbridge/contract';
import type { Projection } from '@threadbridge/core';
import type { ProfilePaths } from '../config/home.ts';
import type { ChannelSettings, ChannelSettingsOf, ChannelType } from '../config/schema-channel.ts';
import type { Secrets } from '../config/secrets.ts';

/** What a channel is made of. */
export interface ChannelContext<Settings extends ChannelSettings = ChannelSettings> {
  readonly id: ChannelId;
  /** The profile's name. */
  readonly profile: string;
  /** In which Threadbridge speaks, where nobody chose another. */
  readonly language: 'en' | 'zh';
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly paths: ProfilePaths;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Somebody can log in while the gateway runs, so that an account without a login is no reason not to start. Default false. */
  readonly canLogInLater?: boolean;
}

/** What logging an account in needs. */
export interface LoginContext<Settings extends ChannelSettings = ChannelSettings> {
  readonly settings: Settings;
  /** What the login before gave, as it was stored. */
  readonly stored: string | undefined;
  readonly signal: AbortSignal;
  /** Asks the person for the number that the phone shows. */
  readonly readCode: (question: { readonly isWrong: boolean; readonly signal: AbortSignal }) => Promise<string>;
  /** The app that the person names; absent: the configured one, or whatever the login finds. */
  readonly app?: string;
  /** Asks the person for a secret that only they have; `what` names it. Absent: nobody can be asked here. */
  readonly readSecret?: (question: { readonly what: string; readonly signal: AbortSignal }) => Promise<string>;
}

/** What may be shown of an account; holds no secret. */
export interface AccountView {
  /** The account at the platform. Absent: nobody is logged in. */
  readonly accountId?: string;
  /** Who logged it in. */
  readonly userId?: string;
  /** Absent: the official address. */
  readonly baseUrl?: string;
}

/** The login of channels of a type whose credentials come from a login, and not from the platform's own pages. */
export interface AccountLogin<Settings extends ChannelSettings = ChannelSettings> {
  login(context: LoginContext<Settings>): AsyncIterable<LoginStep<JsonObject>>;
  /** Whether the configuration names another place than the key store for what a login gives. */
  isElsewhere(settings: Settings): boolean;
  describe(settings: Settings, stored: string | undefined): AccountView;
  /** Where the platform is asked. */
  address(settings: Settings, stored: string | undefined): string;
}

/** A channel, with what it holds for itself as long as it is used. */
export type OpenChannel = Channel & Partial<AsyncDisposable>;

/** What was found out about an account at its platform, in words for its owner. `unknown`: nothing has shown it yet. */
export interface AccountFinding {
  readonly state: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly text: string;
  readonly remedy?: string;
}

/** How channels of one configured type are made. */
export interface ChannelFactory {
  readonly type: ChannelType;
  /** Absent: this type is not logged in here. */
  readonly account?: AccountLogin;
  /** Opens no connection: that is done by receiving. Throws `channel.held` where another process uses the account. */
  create(context: ChannelContext): Promise<OpenChannel>;
  /** Prepares what commands of runs need to act at the platform. Undefined: they get nothing. */
  project?(context: ChannelContext): Promise<Projection | undefined>;
  /** Asks the platform what works, also while the channel is in use. Throws where it cannot be asked. */
  examine?(context: ChannelContext, signal: AbortSignal): Promise<readonly AccountFinding[]>;
}

/** What a type of channels can do beside being made; everything gets the settings of just that type. */
export interface ChannelAbilities<Settings extends ChannelSettings> {
  readonly account?: AccountLogin<Settings>;
  readonly project?: (context: ChannelContext<Settings>) => Promise<Projection | undefined>;
  readonly examine?: (context: ChannelContext<Settings>, signal: AbortSignal) => Promise<readonly AccountFinding[]>;
}

/** Declares how channels of a type are made. */
export function channelFactory<Type extends ChannelType>(
  type: Type,
  create: (context: ChannelContext<ChannelSettingsOf<Type>>) => Promise<OpenChannel>,
  { account, project, examine }: ChannelAbilities<ChannelSettingsOf<Type>> = {},
): ChannelFactory {
  return {
    type,
    create: (context) => create(context as ChannelContext<ChannelSettingsOf<Type>>),
    ...(project && { project: (context) => project(context as ChannelContext<ChannelSettingsOf<Type>>) }),
    ...(examine && { examine: (context, signal) => examine(context as ChannelContext<ChannelSettingsOf<Type>>, signal) }),
    ...(account && {
      account: {
        login: (context) => account.login(context as LoginContext<ChannelSettingsOf<Type>>),
        isElsewhere: (settings) => account.isElsewhere(settings as ChannelSettingsOf<Type>),
        describe: (settings, stored) => account.describe(settings as ChannelSettingsOf<Type>, stored),
        address: (settings, stored) => account.address(settings as ChannelSettingsOf<Type>, stored),
      },
    }),
  };
}
