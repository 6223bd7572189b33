import type { Clock, RunThreads, ThreadId } from '@threadbridge/contract';
import { maybe, seen, words } from '../convert/seen.ts';
import { toThreadSummary } from '../convert/to-thread-summary.ts';
import { rejected, toGatewayError } from '../errors.ts';
import { RpcError } from '../rpc/rpc-error.ts';
import type { IdleThreads } from '../run/idle-threads.ts';
import { refuseQueued } from '../run/queued-prompts.ts';
import type { ThreadLine } from '../run/thread-line.ts';
import { unloadSoon } from '../run/unload-thread.ts';
import type { AppServer } from './app-server.ts';
import { compactThread } from './compact-thread.ts';

export interface ThreadVerbsOptions {
  readonly use: () => Promise<AppServer>;
  readonly line: ThreadLine;
  readonly idle: IdleThreads;
  readonly clock: Clock;
}

/** Of a thread that was loaded for other ends than a run: the next run loads it anew, with its own settings. */
const unknownSettings = 'not for a run';

/** Each waits until no run of ours is on the thread. */
export function createThreadVerbs(options: ThreadVerbsOptions): RunThreads {
  const { line, idle } = options;

  const inLine = async <T>(thread: ThreadId, doing: string, act: (server: AppServer) => Promise<T>): Promise<T> => {
    const leave = await line.enter(thread, new AbortController().signal);
    try {
      return await act(await options.use());
    } catch (error) {
      if (error instanceof RpcError && /forked history still references/i.test(error.message)) {
        throw rejected(
          'Codex refused to delete the thread: a fork builds on it.',
          'Delete its forks first, or archive it.',
          error,
        );
      }
      throw toGatewayError(error, doing);
    } finally {
      leave?.();
    }
  };

  /** For verbs that work on loaded threads only. */
  const onLoaded = (thread: ThreadId, doing: string, act: (server: AppServer) => Promise<unknown>) =>
    inLine(thread, doing, async (server) => {
      if (!server.loaded.has(thread)) {
        await refuseQueued(server, thread);
        await server.client.call('thread/resume', { threadId: thread, excludeTurns: true, config: unloadSoon });
        server.loaded.set(thread, unknownSettings);
        idle.release(server, thread, 0);
      }
      await act(server);
    });

  return {
    async rename(thread, title) {
      const name = title.trim();
      if (name === '') throw rejected('A title cannot be empty.');
      await inLine(thread, 'rename the thread', ({ client }) => client.call('thread/name/set', { threadId: thread, name }));
    },
    fork: (thread, own) =>
      // A fork reads what is stored, which is possible while a turn runs.
      forkThread(options, thread, own?.through),
    async archive(thread) {
      await inLine(thread, 'archive the thread', async ({ client, loaded }) => {
        await client.call('thread/archive', { threadId: thread });
        loaded.delete(thread);
      });
    },
    async unarchive(thread) {
      await inLine(thread, 'unarchive the thread', ({ client }) => client.call('thread/unarchive', { threadId: thread }));
    },
    compact: (thread) => onLoaded(thread, 'compact the thread', (server) => compactThread(server, thread)),
    revert: (thread, before) =>
      onLoaded(thread, 'revert the thread', ({ client }) =>
        client.call('thread/revert', { threadId: thread, beforeTurnId: before }),
      ),
    async delete(thread) {
      await inLine(thread, 'delete the thread', async ({ client, loaded }) => {
        // A refusal, too, has unloaded it.
        await client.call('thread/delete', { threadId: thread }).finally(() => loaded.delete(thread));
      });
    },
  };
}

async function forkThread(options: ThreadVerbsOptions, thread: ThreadId, through: string | undefined) {
  try {
    const server = await options.use();
    const params = { threadId: thread, excludeTurns: true, config: unloadSoon, ...maybe('lastTurnId', through) };
    const { thread: made } = await server.client.call('thread/fork', params);
    const fork = words(seen<{ id: string }>(made).id) as ThreadId;
    server.loaded.set(fork, unknownSettings);
    options.idle.release(server, fork, 0);
    return toThreadSummary(made);
  } catch (error) {
    throw toGatewayError(error, 'fork the thread');
  }
}
