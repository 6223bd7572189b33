import type { Clock } from '@threadbridge/contract';

/** What a stream is written with. Nothing waits for the reader: who reads slowly delays nobody and loses nothing. */
export interface StreamWriter {
  send(frame: string): void;
}

/** Headers of every stream. */
export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

export function eventFrame(event: string, data: unknown): string {
  return `event: ${event}\n${dataFrame(data)}`;
}

export function dataFrame(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

export const doneFrame = 'data: [DONE]\n\n';
const keepAliveFrame = ': keepalive\n\n';

export interface EventStreamOptions {
  readonly clock: Clock;
  /** Silence after which a comment is sent. */
  readonly keepAliveMs: number;
  /** The reader is gone. */
  readonly onCancel: () => void;
}

/** A body that `write` fills as it goes; it ends when `write` resolves. `write` must not reject. */
export function createEventStream(
  write: (writer: StreamWriter) => Promise<void>,
  options: EventStreamOptions,
): ReadableStream<Uint8Array> {
  const { clock, keepAliveMs } = options;
  const over = new AbortController();
  const encoder = new TextEncoder();
  let sentAt = clock.now();

  const keepAlive = async (send: (frame: string) => void) => {
    while (!over.signal.aborted) {
      // A clock that was put back must not make the pause longer.
      sentAt = Math.min(sentAt, clock.now());
      const leftMs = sentAt + keepAliveMs - clock.now();
      if (leftMs > 0) await clock.sleep(leftMs, over.signal);
      else send(keepAliveFrame);
    }
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (frame: string) => {
        if (over.signal.aborted) return;
        sentAt = clock.now();
        controller.enqueue(encoder.encode(frame));
      };
      void keepAlive(send);
      void write({ send }).finally(() => {
        if (over.signal.aborted) return;
        over.abort();
        controller.close();
      });
    },
    cancel() {
      over.abort();
      options.onCancel();
    },
  });
}
