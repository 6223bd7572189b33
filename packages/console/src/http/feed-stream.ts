import type { Clock } from '@threadbridge/contract';
import type { Feed } from '../feed.ts';

const keepAliveMs = 15_000;
/** A page that does not read is left; it comes back and goes on where it stopped. */
const maxWaiting = 2_000;

/** The feed as server-sent events. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function feedStream(
  feed: Feed,
  after: string | undefined,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Response {
  const leaving = new AbortController();
  let isCancelled = false;
  const over = AbortSignal.any([signal, leaving.signal]);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (frame: string) => {
          if (over.aborted) return;
          if ((controller.desiredSize ?? 0) < -maxWaiting) return leaving.abort();
          controller.enqueue(encoder.encode(frame));
        };
        over.addEventListener('abort', () => isCancelled || controller.close(), { once: true });
        write('retry: 1000\n\n');
        feed.follow(after, (id, event) => write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`), over);
        void keepAlive(write, clock, over);
      },
      cancel() {
        // What the reader has left cannot be closed any more.
        isCancelled = true;
        leaving.abort();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' } });
}

async function keepAlive(write: (frame: string) => void, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(keepAliveMs, signal);
    write(': still here\n\n');
  }
}
