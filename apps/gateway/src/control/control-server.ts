import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { explain } from '@threadbridge/contract';
import type { ProfilePaths } from '../config/home.ts';
import { controlSocket, makeRunDirectory } from '../run-directory.ts';

/** What can be asked of a running gateway, by the path it is asked under. Answers are JSON. */
export interface ControlVerbs {
  readonly state: () => Promise<object>;
  readonly reload: () => Promise<object>;
  /** Reads the keys of buttons and codes again, after they were replaced. */
  readonly renewKeys: () => Promise<object>;
  /** Begins the stop; whoever asked watches the process go. */
  readonly stop: () => Promise<object>;
  /** As `stop`, but running turns are left to Codex where it runs behind a socket. */
  readonly leave: () => Promise<object>;
}

/** Answers the command line of the same user over a socket that nobody else can open. The store's lease has to be held: it replaces a left-over. */
export async function serveControl(
  paths: Pick<ProfilePaths, 'home' | 'directory'>,
  verbs: ControlVerbs,
): Promise<AsyncDisposable> {
  const address = controlSocket(paths);
  const isFile = process.platform !== 'win32';
  if (isFile) {
    await makeRunDirectory(dirname(address));
    await rm(address, { force: true });
  }
  const server = createServer(async (request, response) => {
    const name = request.url?.slice(1) ?? '';
    const verb = Object.hasOwn(verbs, name) ? verbs[name as keyof ControlVerbs] : undefined;
    const end = (status: number, value: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (verb === undefined) return end(404, { error: `There is no ${name}.` });
    try {
      end(200, await verb());
    } catch (error) {
      end(500, { error: explain(error) });
    }
  });
  server.listen(address);
  await once(server, 'listening');
  if (isFile) await chmod(address, 0o600);
  // Answers of a gateway that ends are not waited for.
  server.unref();
  return {
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      if (isFile) await rm(address, { force: true });
    },
  };
}
