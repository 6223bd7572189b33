import { isGatewayError } from '@threadbridge/contract';
import type { ReadyEvent } from '../lifecycle.ts';
import { readServiceToken } from '../service-tokens.ts';
import { createLocalWeb, type LocalWeb } from './local-web.ts';
import type { ServiceContext } from './registry.ts';

/** The web port of a profile; it does not listen yet. */
export function profileWeb(context: Pick<ServiceContext, 'settings' | 'paths' | 'secrets' | 'keystore'>): LocalWeb {
  return createLocalWeb({ port: context.settings.console.port, readToken: () => readServiceToken('console', context) });
}

/** Listens where a service wants it. A default port that another profile has taken is no reason not to start. */
export async function listenLocally(
  web: LocalWeb,
  { settings, origin, warn }: Pick<ServiceContext, 'settings' | 'origin' | 'warn'>,
): Promise<Pick<ReadyEvent, 'console'>> {
  try {
    const address = await web.open();
    return address === undefined ? {} : { console: address };
  } catch (error) {
    const isTaken = isGatewayError(error) && error.code === 'config.invalid';
    if (!isTaken || origin(['console', 'port']).type !== 'default') throw error;
    const { port } = settings.console;
    warn(`The console is off: port ${port} is taken, perhaps by another profile. Set console.port.`);
    return {};
  }
}
