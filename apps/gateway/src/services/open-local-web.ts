import type { ServiceName } from '../config/schema-service.ts';
import { readServiceToken } from '../service-tokens.ts';
import { listenIfFree } from './listen-if-free.ts';
import { createLocalWeb, type LocalWeb } from './local-web.ts';
import type { RunningService, ServiceContext } from './registry.ts';

/** The web port of a profile; it does not listen yet. */
export function profileWeb(context: Pick<ServiceContext, 'settings' | 'paths' | 'secrets' | 'keystore'>): LocalWeb {
  return createLocalWeb({ port: context.settings.console.port, readToken: () => readServiceToken('console', context) });
}

/** Listens where services want it. */
export async function listenLocally(
  web: LocalWeb,
  services: readonly ServiceName[],
  { settings, origin }: Pick<ServiceContext, 'settings' | 'origin'>,
): Promise<Pick<RunningService, 'ready' | 'notListening'>> {
  const place = { services, host: '127.0.0.1', port: settings.console.port, setting: 'console.port' } as const;
  const tried = await listenIfFree(place, () => web.open(), origin);
  if ('notListening' in tried) return { ready: {}, notListening: tried.notListening };
  return { ready: tried.listening === undefined ? {} : { console: tried.listening } };
}
