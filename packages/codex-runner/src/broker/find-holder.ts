import type { LiveSettings, Logger, ThreadId, TurnId } from '@threadbridge/contract';
import type { AppServer } from '../app-server/app-server.ts';
import type { ThreadResumeResponse, Turn, TurnsPage } from '../app-server/protocol.gen.ts';
import { list, type Seen, seen, text, texts } from '../convert/seen.ts';
import { toLiveSettings } from '../convert/to-live-settings.ts';

export interface HolderOptions {
  /** The runner's own. */
  readonly use: () => Promise<AppServer>;
  /** Shared servers of others, not yet connected to. */
  readonly others: readonly { readonly path: string; connect(): Promise<AppServer> }[];
  readonly logger: Logger;
}

/** A server that has a thread loaded for somebody else, joined: its news comes until `leave`. */
export interface Holder {
  readonly server: AppServer;
  readonly settings: LiveSettings;
  /** As Codex put it, to be put back. */
  readonly reply: Seen<ThreadResumeResponse>;
  /** The turn that goes on. */
  readonly turn?: TurnId;
  leave(): Promise<void>;
}

/** Undefined where no server that can be reached has the thread loaded for others. Rejects with what the own server says. */
export async function findHolder(options: HolderOptions, thread: ThreadId): Promise<Holder | undefined> {
  const own = await options.use();
  if (own.isShared && !own.loaded.has(thread) && (await hasLoaded(own, thread))) {
    return joinThread(own, thread, async () => {});
  }
  for (const { path, connect } of options.others) {
    const server = await connect().catch((error: unknown) => {
      options.logger.debug({ path, cause: String(error) }, 'a shared app-server cannot be reached');
    });
    if (server === undefined) continue;
    const disconnect = () => server.close('The shared thread was left.');
    try {
      if (await hasLoaded(server, thread)) return await joinThread(server, thread, disconnect);
      await disconnect();
    } catch (error) {
      await disconnect();
      throw error;
    }
  }
  return undefined;
}

async function hasLoaded(server: AppServer, thread: ThreadId): Promise<boolean> {
  return texts((await server.client.call('thread/loaded/list', {})).data).includes(thread);
}

/** A loaded thread takes no settings with a resume: this only listens. */
async function joinThread(server: AppServer, thread: ThreadId, disconnect: () => Promise<void>): Promise<Holder> {
  const reply = await server.client.call('thread/resume', {
    threadId: thread,
    excludeTurns: true,
    initialTurnsPage: { limit: 1, itemsView: 'summary' },
  });
  const [newest] = list(seen<TurnsPage>(reply.initialTurnsPage).data).map((one) => seen<Turn>(one));
  const turn = newest?.status === 'inProgress' ? (text(newest.id) as TurnId | undefined) : undefined;
  return {
    server,
    reply,
    settings: toLiveSettings(reply),
    ...(turn !== undefined && { turn }),
    async leave() {
      server.loaded.delete(thread);
      if (!server.isClosed) await server.client.call('thread/unsubscribe', { threadId: thread }).catch(() => {});
      await disconnect();
    },
  };
}
