import type { EventError, LifecycleEvent } from '@threadbridge/gateway';

/** What happened to the gateway, for people; undefined where it is not worth a line. Pure. */
export function describeEvent(event: LifecycleEvent): { readonly text: string; readonly isTrouble: boolean } | undefined {
  switch (event.event) {
    case 'starting':
      return { text: `Starting profile ${event.profile}.`, isTrouble: false };
    case 'channel':
      return event.error === undefined
        ? { text: `Channel ${event.channel}: ${event.state}.`, isTrouble: false }
        : { text: `Channel ${event.channel}: ${event.state}. ${describe(event.error)}`, isTrouble: true };
    case 'ready': {
      const addresses = [event.nativeApi && `API ${event.nativeApi}`, event.console && `console ${event.console}`];
      const names = Object.keys(event.channels);
      const parts = [names.length === 0 ? 'no channels' : `channels ${names.join(', ')}`, ...addresses.filter(Boolean)];
      return { text: `Ready: ${parts.join('; ')}. Ctrl-C stops.`, isTrouble: false };
    }
    case 'warning':
      return { text: `Warning: ${describe(event)}`, isTrouble: true };
    case 'stopping':
      return { text: 'Stopping.', isTrouble: false };
    case 'stopped':
      return event.error === undefined ? { text: 'Stopped.', isTrouble: false } : undefined;
  }
}

function describe({ message, remedy }: Pick<EventError, 'message' | 'remedy'>): string {
  return remedy === undefined ? message : `${message} ${remedy}`;
}
