import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@threadbridge/contract';

export interface WatchOptions {
  readonly path: string;
  readonly idleTimeoutMs: number;
  /** Of the server; its `PATH` is passed on. */
  readonly env: Readonly<Record<string, string>>;
  readonly logger: Logger;
}

/** Watches anew where the watch itself was killed, as long as the server lives. */
const untilGone = 'server=$1; shift; until "$@" || ! kill -0 "$server" 2>/dev/null; do sleep 1; done';

/** Starts what ends the idle server of that process id: processes of their own, since this one may be gone by then. Answers with the first's id. */
export function startWatch(options: WatchOptions, pid: number): number | undefined {
  const isSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(isSource ? '../watch-server/index.ts' : './watch-server.js', import.meta.url));
  if (!existsSync(file)) {
    options.logger.warn({ file }, 'the program that ends an idle app-server is missing; stop it by `stopServer`');
    return undefined;
  }
  const given = JSON.stringify({ path: options.path, pid, idleTimeoutMs: options.idleTimeoutMs });
  const child = spawn('/bin/sh', ['-c', untilGone, 'sh', String(pid), process.execPath, file, given], {
    // No program starts in a directory that was removed.
    cwd: '/',
    env: { PATH: options.env.PATH ?? '/usr/bin:/bin', ELECTRON_RUN_AS_NODE: '1' },
    stdio: 'ignore',
    detached: true,
  });
  child.once('error', (cause) => options.logger.warn({ cause: cause.message }, 'an idle app-server will not be ended'));
  child.unref();
  return child.pid;
}
