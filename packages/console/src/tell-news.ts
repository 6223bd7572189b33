import type { Clock, GatewayChange, GatewayView } from '@threadbridge/contract';
import type { Topic } from './wire.ts';

const pauseMs = 250;

/** Tells a page of what changed in the gateway: at once, and then at most every quarter of a second. Ends with the signal. */
export function tellNews(
  view: GatewayView,
  tell: (topics: readonly Topic[]) => void,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): void {
  const waiting = new Set<Topic>();
  let isPausing = false;

  function flush(): void {
    if (isPausing || waiting.size === 0 || signal.aborted) return;
    isPausing = true;
    tell([...waiting]);
    waiting.clear();
    void clock.sleep(pauseMs, signal).then(() => {
      isPausing = false;
      flush();
    });
  }

  const stop = view.subscribe((change) => {
    waiting.add(topicOf(change));
    flush();
  });
  signal.addEventListener('abort', stop, { once: true });
}

function topicOf(change: GatewayChange): Topic {
  switch (change.type) {
    case 'run':
      return 'runs';
    case 'conversation':
      return 'conversations';
    case 'delivery':
      return 'deliveries';
    case 'channel':
      return 'channels';
  }
}
