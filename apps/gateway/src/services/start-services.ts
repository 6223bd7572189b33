import type { RunningService, Service, ServiceContext } from './registry.ts';

/** All services of a profile that are switched on. */
export interface RunningServices extends AsyncDisposable {
  readonly ready: RunningService['ready'];
  readonly channels: NonNullable<RunningService['channels']>;
  readonly programs: NonNullable<RunningService['programs']>;
}

/** Starts the services that the profile switches on, in order; closing stops them in the opposite order. */
export async function startServices(services: readonly Service[], context: ServiceContext): Promise<RunningServices> {
  const running: RunningService[] = [];
  const stop = async () => {
    const failures: unknown[] = [];
    for (const service of running.splice(0).reverse()) await service.stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Some services did not stop cleanly.');
  };
  try {
    for (const service of services) {
      const isWanted = service.isWanted?.(context.settings) ?? context.settings[service.name].enabled;
      if (isWanted) running.push(await service.start(context));
    }
  } catch (error) {
    await stop().catch((cause: unknown) => context.logger.error({ cause }, 'services that had started did not stop cleanly'));
    throw error;
  }
  return {
    ready: Object.assign({}, ...running.map((service) => service.ready)) as RunningService['ready'],
    channels: running.flatMap((service) => service.channels ?? []),
    programs: running.flatMap((service) => service.programs ?? []),
    [Symbol.asyncDispose]: stop,
  };
}
