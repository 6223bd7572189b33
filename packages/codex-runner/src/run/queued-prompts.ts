import { GatewayError, type ThreadId } from '@threadbridge/contract';
import type { AppServer } from '../app-server/app-server.ts';
import { list } from '../convert/seen.ts';
import { RpcError } from '../rpc/rpc-error.ts';

/**
 * Whether prompts lie in the thread's own queue, left there for a program that had it open. Loading the thread starts them at once, and a turn
 * asked for then would only steer theirs.
 */
export async function hasQueuedPrompts(server: AppServer, thread: ThreadId): Promise<boolean> {
  try {
    const page = await server.client.call('thread/queue/list', { threadId: thread, limit: 1 });
    return list(page.data).length > 0;
  } catch (error) {
    // A Codex without a queue, or a thread that never had a turn.
    if (error instanceof RpcError) return false;
    throw error;
  }
}

/** To be called before a thread is loaded. Rejects with `runner.thread_held`, certain. */
export async function refuseQueued(server: AppServer, thread: ThreadId): Promise<void> {
  if (!(await hasQueuedPrompts(server, thread))) return;
  throw new GatewayError(
    'runner.thread_held',
    'Prompts for another Codex wait in the queue of this thread; loading it would start them.',
    {
      certain: true,
      remedy: 'Open the thread in the program that queued them, or take them back with `broker.withdraw`.',
    },
  );
}
