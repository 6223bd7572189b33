import type { RunBroker, RunCeiling, ThreadAccess, ThreadId } from '@threadbridge/contract';
import type { QueuedSubmission } from '../app-server/protocol.gen.ts';
import { toUserInput } from '../convert/from-run-input.ts';
import { list, maybe, seen, text, words } from '../convert/seen.ts';
import { beyondCeiling } from '../convert/to-live-settings.ts';
import { rejected, toGatewayError } from '../errors.ts';
import { hasQueuedPrompts } from '../run/queued-prompts.ts';
import type { RunEnvironment } from '../run/run.ts';
import { unloadSoon } from '../run/unload-thread.ts';
import { findHolder, type HolderOptions } from './find-holder.ts';
import { createJoinedRun, createWatch } from './join.ts';

/** Ways to threads that other programs have open. */
export function createBroker(shared: RunEnvironment, holders: HolderOptions): RunBroker {
  const { use } = holders;

  const find = async (thread: ThreadId, ceiling: RunCeiling): Promise<ThreadAccess> => {
    const server = await use();
    if (server.loaded.has(thread)) return free('The thread is open here.');
    const holder = await findHolder(holders, thread);
    if (holder !== undefined) {
      const { settings, turn } = holder;
      await holder.leave();
      const beyond = beyondCeiling(settings, ceiling);
      if (beyond.length > 0) {
        const words = `Another Codex has the thread open and may do more there than is allowed here: ${beyond.join('; ')}.`;
        return { way: 'exceeds', settings, offers: ['queue', 'fork'], words };
      }
      const words = turn === undefined ? 'It can be joined.' : 'It is at work on a turn, which can be watched.';
      return { way: 'join', settings, ...maybe('turn', turn), words: `Another Codex has the thread open. ${words}` };
    }
    if (await hasQueuedPrompts(server, thread)) {
      const words =
        'Prompts for another Codex wait in the queue of the thread; taken up here they would run at once. They can be taken back.';
      return { way: 'held', offers: ['queue', 'fork', 'withdraw'], words };
    }
    if (!(await isHeld(thread))) return free('Nobody else has the thread open.');
    const words =
      'Another Codex has the thread open and cannot be reached. A prompt can be left in its queue, or the thread forked.';
    return { way: 'held', offers: ['queue', 'fork'], words };
  };

  /** Only a try to load it tells. What that loads is let go at once. */
  const isHeld = async (thread: ThreadId): Promise<boolean> => {
    const leave = await shared.line.enter(thread, new AbortController().signal);
    try {
      const server = await use();
      if (server.loaded.has(thread)) return false;
      await server.client.call('thread/resume', { threadId: thread, excludeTurns: true, config: unloadSoon });
      server.loaded.set(thread, 'not for a run');
      shared.idle.release(server, thread, 0);
      return false;
    } catch (error) {
      const known = toGatewayError(error, 'load the thread');
      if (known.code === 'runner.thread_held') return true;
      throw known;
    } finally {
      leave?.();
    }
  };

  return {
    async find(thread, ceiling) {
      try {
        return await find(thread, ceiling);
      } catch (error) {
        throw toGatewayError(error, 'find out who has the thread');
      }
    },
    join: (input, options) => createJoinedRun(shared, holders, input, options?.signal),
    watch: (thread, turn, ceiling) => createWatch(shared, holders, { thread, turn, ceiling }),
    async queue(thread, prompt) {
      try {
        const isElsewhere = (await find(thread, { sandbox: 'danger-full-access', network: true })).way !== 'use';
        // In a queue that nobody works off it would lie until some later turn sets it free.
        if (!isElsewhere) throw rejected('Nobody has the thread open.', 'Start a run on it.');
        const { client } = await use();
        const input = toUserInput(prompt.text, prompt.images);
        await client.call('thread/queue/add', { threadId: thread, input, clientUserMessageId: prompt.key });
      } catch (error) {
        throw toGatewayError(error, 'queue the prompt');
      }
    },
    async withdraw(thread, key) {
      try {
        const { client } = await use();
        let taken = 0;
        for (let cursor: string | undefined; ; ) {
          const page = await client.call('thread/queue/list', { threadId: thread, ...maybe('cursor', cursor) });
          const queued = list(page.data).map((one) => seen<QueuedSubmission>(one));
          for (const one of queued) {
            if (key !== undefined && one.clientUserMessageId !== key) continue;
            const reply = await client.call('thread/queue/delete', { threadId: thread, queuedSubmissionId: words(one.id) });
            if (reply.deleted === true) taken++;
          }
          cursor = text(page.nextCursor);
          if (cursor === undefined) return taken;
        }
      } catch (error) {
        throw toGatewayError(error, 'take the prompt back');
      }
    },
  };
}

function free(words: string): ThreadAccess {
  return { way: 'use', words };
}
