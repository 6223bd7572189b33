import { GatewayError, type ThreadId } from '@threadbridge/contract';
import { seen, text } from '../convert/seen.ts';
import { toTurnError } from '../convert/to-turn-error.ts';
import { deferred } from '../rpc/deferred.ts';
import type { AppServer } from './app-server.ts';
import type { ServerNotifications, Turn } from './protocol.gen.ts';

/** Compaction is a turn of its own, whose id the reply does not name. The thread is loaded and nothing runs on it. */
export async function compactThread(server: AppServer, thread: ThreadId): Promise<void> {
  const over = deferred<void>();
  const unfollow = server.follow(thread, {
    onNotification(method, params, isOwn) {
      if (!isOwn || (method as keyof ServerNotifications) !== 'turn/completed') return;
      const turn = seen<Turn>(seen<ServerNotifications['turn/completed']>(params).turn);
      if (text(turn.status) === 'completed') over.resolve();
      else over.reject(failed(turn.status, turn.error));
    },
    onRequest: () => false,
    onLost: over.reject,
  });
  // Where the request itself fails nobody waits for the end.
  over.promise.catch(() => {});
  try {
    await server.client.call('thread/compact/start', { threadId: thread });
    await over.promise;
  } finally {
    unfollow();
  }
}

function failed(status: unknown, error: unknown): GatewayError {
  const why = status === 'interrupted' ? 'it was interrupted.' : toTurnError(error).message;
  return new GatewayError('runner.rejected', `The thread was not compacted: ${why}`, { certain: true, retry: 'backoff' });
}
