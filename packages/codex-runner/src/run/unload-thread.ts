import { type Clock, GatewayError, type ThreadId } from '@threadbridge/contract';
import type { AppServer } from '../app-server/app-server.ts';
import { deferred, settlesWithin } from '../rpc/deferred.ts';

/** How long app-server keeps a thread that nobody follows; its own default is a minute. Given to it at start. */
export const unloadDelaySecs = 1;
/** The same for one thread, where the server is not ours to configure. */
export const unloadSoon = { thread_unload_delay_secs: unloadDelaySecs };
const unloadMs = 10_000;

/**
 * Has app-server forget a thread, which frees it for other programs and ends "for this session" permissions. Nothing may run on it.
 * Rejects with `runner.protocol` where it stays loaded.
 */
export async function unloadThread(server: AppServer, thread: ThreadId, clock: Clock): Promise<void> {
  const closed = deferred<void>();
  const unfollow = server.follow(thread, {
    onNotification(method, _params, isOwn) {
      if (isOwn && method === 'thread/closed') closed.resolve();
    },
    onRequest: () => false,
    onLost: () => closed.resolve(),
  });
  try {
    const { status } = await server.client.call('thread/unsubscribe', { threadId: thread });
    if (status === 'unsubscribed' && !(await settlesWithin(clock, closed.promise, unloadMs))) {
      if (server.isShared) throw heldByClient();
      throw new GatewayError('runner.protocol', `Codex kept a thread loaded for more than ${unloadMs} ms.`, { retry: 'backoff' });
    }
    server.loaded.delete(thread);
  } finally {
    unfollow();
  }
}

function heldByClient(): GatewayError {
  return new GatewayError('runner.thread_held', 'Another client of this app-server has the thread open.', {
    certain: true,
    retry: 'backoff',
    remedy: 'Close it there, join it, or fork the thread.',
  });
}
