import type { Channel } from '@threadbridge/contract';
import type { ServiceName } from '../config/schema-service.ts';
import type { ReadyEvent } from '../lifecycle.ts';
import type { LocalWeb } from './local-web.ts';
import { listenLocally } from './open-local-web.ts';
import type { RunningService, Service, ServiceContext } from './registry.ts';

/** All services of a profile that are switched on. */
export interface RunningServices extends AsyncDisposable {
  readonly ready: Pick<ReadyEvent, 'nativeApi' | 'console' | 'notListening'>;
  readonly channels: NonNullable<RunningService['channels']>;
  readonly programs: NonNullable<RunningService['programs']>;
  /** Whether nobody gets at a channel, since nothing listens for it. */
  isShut(channel: Channel): boolean;
}

/**
 * Starts the services that the profile switches on, in order, and listens for what they mounted; closing stops them in the opposite order.
 */
export async function startServices(
  services: readonly Service[],
  context: Omit<ServiceContext, 'web'> & { readonly web: LocalWeb },
): Promise<RunningServices> {
  const running: RunningService[] = [];
  const mounted = new Map<ServiceName, RunningService>();
  const stop = async () => {
    const failures: unknown[] = [];
    for (const service of running.splice(0).reverse()) await service.stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Some services did not stop cleanly.');
  };
  const start = async (service: Service) => {
    let isMounted = false;
    const mount: LocalWeb['mount'] = (...mounting) => {
      isMounted = true;
      context.web.mount(...mounting);
    };
    const started = await service.start({ ...context, web: { mount } });
    running.push(started);
    if (isMounted) mounted.set(service.name, started);
  };
  try {
    for (const service of services) {
      const isWanted = service.isWanted?.(context.settings) ?? context.settings[service.name].enabled;
      if (isWanted) await start(service);
    }
    const page = await listenLocally(context.web, [...mounted.keys()], context);
    const notListening = [...running, page].flatMap((one) => one.notListening ?? []);
    const shut = page.notListening === undefined ? [] : [...mounted.values()].flatMap(({ channels = [] }) => channels);
    return {
      ready: Object.assign(
        {},
        ...[...running, page].map(({ ready }) => ready),
        notListening.length > 0 && { notListening },
      ) as RunningServices['ready'],
      channels: running.flatMap((service) => service.channels ?? []),
      programs: running.flatMap((service) => service.programs ?? []),
      isShut: (channel) => shut.some((one) => one.channel === channel),
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop().catch((cause: unknown) => context.logger.error({ cause }, 'services that had started did not stop cleanly'));
    throw error;
  }
}
