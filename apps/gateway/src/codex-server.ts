import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readServer, stopServer } from '@threadbridge/codex-runner';
import type { Clock, Logger } from '@threadbridge/contract';
import type { ResolvedProfile } from './config/load.ts';
import { codexSocket, makeRunDirectory } from './run-directory.ts';

/** How a process reaches Codex where the profile does not say. */
export type DefaultTransport = 'socket' | 'stdio';

/** An app-server on a socket, which outlives the processes that use it. */
export interface CodexServer {
  readonly path: string;
  /** `theirs`: somebody else starts and ends it. */
  readonly server: 'ours' | 'theirs';
}

/** The app-server that a profile uses over a socket. Undefined: Codex is a child of this process. */
export function codexServer({ settings, paths }: ResolvedProfile, otherwise: DefaultTransport): CodexServer | undefined {
  const { backend, transport, socket } = settings.codex;
  if (backend === 'sdk') return undefined;
  if (socket !== null) return { path: socket, server: 'theirs' };
  const isSocket = transport === 'socket' || (transport === null && otherwise === 'socket' && process.platform !== 'win32');
  return isSocket ? { path: codexSocket(paths), server: 'ours' } : undefined;
}

/** Ends a server of ours with what runs in it; one of others is left alone. */
export async function endServer(server: CodexServer | undefined): Promise<void> {
  if (server?.server === 'ours') await stopServer(server.path, { drainMs: 0 });
}

/**
 * A server that runs on keeps the program, the variables and the configuration it was started with. Where those have changed meanwhile it is
 * ended, so that the next use starts another; not while turns run in it, which is told instead.
 */
export async function renewServer(
  server: CodexServer,
  made: object,
  parts: { readonly clock: Clock; readonly logger: Logger },
): Promise<void> {
  await makeRunDirectory(dirname(server.path));
  const file = `${server.path}.made`;
  const mark = createHash('sha256').update(JSON.stringify(made)).digest('hex');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known === mark) return;
  const running = await readServer(server.path, parts.clock);
  if (running !== undefined && running.activeTurns > 0) {
    parts.logger.warn(
      { pid: running.pid, turns: running.activeTurns },
      'Codex goes on with its old settings, since turns run in it; the new ones hold after a stop',
    );
    return;
  }
  if (running !== undefined) await stopServer(server.path, { drainMs: 0, clock: parts.clock });
  await writeFile(file, mark, { mode: 0o600 });
}

/** The process of a server, for a list of what runs. */
export async function codexProcess(
  server: CodexServer | undefined,
): Promise<readonly { readonly name: string; readonly pid: number }[]> {
  const running = server && (await readServer(server.path).catch(() => undefined));
  return running === undefined ? [] : [{ name: `Codex, ${running.activeTurns} turns`, pid: running.pid }];
}
