import { type ConsoleAccounts, createConsole } from '@threadbridge/console';
import { GatewayError } from '@threadbridge/contract';
import { loginAccount } from '../accounts/login-account.ts';
import { readServiceToken } from '../service-tokens.ts';
import type { Service, ServiceContext } from './registry.ts';

/** The page on this computer. */
export const consoleService: Service = {
  name: 'console',
  async start(context) {
    const { settings, view, web, logger, clock } = context;
    const token = await readServiceToken('console', context);
    if (token.length < 32) throw tooShort();
    const console = await createConsole({
      ...{ view, token, language: settings.language, logger, clock },
      accounts: accountsOf(context),
    });
    web.mount('/', 'own', console.fetch);
    return {
      ready: {},
      channels: [{ channel: console.channel, owner: console.channel.owner }],
      stop: async () => console.close(),
    };
  },
};

function accountsOf({ resolved, keystore, channelFactories }: ServiceContext): ConsoleAccounts {
  return {
    async *login(key, options) {
      for await (const step of loginAccount({ profile: resolved, key, keystore, channelFactories, ...options })) {
        if (step.type !== 'complete') yield step;
        else yield { type: 'complete', ...(step.account.accountId !== undefined && { account: step.account.accountId }) };
      }
    },
  };
}

function tooShort(): GatewayError {
  return new GatewayError('config.unsafe', 'The token of the console has less than 32 characters.', {
    remedy: 'Take a longer one that nobody guesses, or leave console.token out: then one is made.',
    certain: true,
  });
}
