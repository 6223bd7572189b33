import type { LifecycleEvent } from '@threadbridge/gateway';
import type { Texts } from './texts/texts.ts';

/** What happened to the gateway, for people; undefined where it is not worth a line. Pure. */
export function describeEvent(
  event: LifecycleEvent,
  texts: Texts,
): { readonly text: string; readonly isTrouble: boolean } | undefined {
  const { start, status, errors } = texts;
  switch (event.event) {
    case 'starting':
      return { text: start.starting(event.profile), isTrouble: false };
    case 'channel': {
      const { channel: key, state, error } = event;
      const trouble = error === undefined ? '' : errors.explain(error);
      return { text: start.channel({ key, state, trouble }), isTrouble: error !== undefined };
    }
    case 'ready': {
      const { nativeApi = '', console: page = '' } = event;
      const channels = Object.keys(event.channels).filter((key) => event.channels[key] !== 'failed');
      return { text: start.ready({ channels, nativeApi, console: page }), isTrouble: false };
    }
    case 'warning': {
      const { about, notListening } = event;
      const trouble = notListening
        ? status.notListening(notListening)
        : errors.explain(about === 'unowned' ? { ...event, message: start.unowned } : event);
      return { text: start.warning(trouble), isTrouble: true };
    }
    case 'stopping':
      return { text: start.stopping, isTrouble: false };
    case 'stopped':
      return event.error === undefined ? { text: start.stopped, isTrouble: false } : undefined;
  }
}
