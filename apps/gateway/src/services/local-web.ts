import { createGuard, type Listening, listen } from '@threadbridge/native-api/loopback';

type Guard = ReturnType<typeof createGuard>;

/** Answers the requests below its path. */
export type WebApp = (request: Request) => Response | Promise<Response>;

export interface LocalWebOptions {
  /** On 127.0.0.1. 0 takes a free one. */
  readonly port: number;
  /** What callers of guarded paths have to send as bearer token; read when it opens. */
  readonly readToken: () => Promise<string>;
}

/** The one port of this computer at which the gateway's own pages and interfaces are. */
export interface LocalWeb extends AsyncDisposable {
  /**
   * Serves a path and everything below it; the longest path wins. `token`: foreign hosts, web pages and callers without the token are
   * refused before the app is asked. `own`: the app sees to all of that itself (a page has to load before anybody can type a token).
   */
  mount(path: string, access: 'token' | 'own', app: WebApp): void;
  /** Listens where anything was mounted, and answers with the address; undefined: nothing was. Rejects with `config.invalid`. */
  open(): Promise<string | undefined>;
}

/** Makes it; nothing listens before `open`. */
export function createLocalWeb({ port, readToken }: LocalWebOptions): LocalWeb {
  const mounts: { readonly path: string; readonly access: 'token' | 'own'; readonly app: WebApp }[] = [];
  let listening: Listening | undefined;

  const answer = async (request: Request, guard: Guard): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const mount = mounts.find(({ path }) => path === '/' || pathname === path || pathname.startsWith(`${path}/`));
    const refusal = mount?.access === 'own' ? undefined : guard(request);
    if (refusal !== undefined) return refusal;
    return mount === undefined
      ? Response.json({ error: { code: 'route_not_found' } }, { status: 404 })
      : await mount.app(request);
  };

  return {
    mount(path, access, app) {
      mounts.push({ path, access, app });
      mounts.sort((a, b) => b.path.length - a.path.length);
    },
    async open() {
      if (mounts.length === 0) return undefined;
      const guard = createGuard({ token: await readToken() });
      const fetch = (request: Request) => answer(request, guard);
      listening = await listen({ name: 'console', host: '127.0.0.1', port, fetch });
      return listening.address;
    },
    async [Symbol.asyncDispose]() {
      await listening?.stop(async () => {});
    },
  };
}
