import {
  asId,
  type ChannelId,
  type Clock,
  type GatewayView,
  isGatewayError,
  type Logger,
  silentLogger,
  systemClock,
} from '@threadbridge/contract';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { createChatLog } from './chat/chat-log.ts';
import { createUploads } from './chat/uploads.ts';
import { type ConsoleChannel, createConsoleChannel } from './console-channel.ts';
import { createFeed } from './feed.ts';
import { chatRoutes } from './http/chat-routes.ts';
import { feedStream } from './http/feed-stream.ts';
import { guard } from './http/guard.ts';
import { loginRoutes } from './http/login-routes.ts';
import { loadPageFiles } from './http/page-files.ts';
import { readObject } from './http/read-body.ts';
import { createSessions } from './http/session.ts';
import { viewRoutes } from './http/view-routes.ts';
import { type ConsoleAccounts, createLogins } from './logins.ts';
import { tellNews } from './tell-news.ts';
import type { Hello } from './wire.ts';

export interface ConsoleOptions {
  readonly view: GatewayView;
  /** What a person types, or a link carries, to be let in. At least 32 characters that nobody guesses. */
  readonly token: string;
  /** Absent: no account can be logged in from the page. */
  readonly accounts?: ConsoleAccounts;
  /** The language of a page whose reader chose none. Default `en`. */
  readonly language?: 'en' | 'zh';
  /** The name of the channel. Default `console`. */
  readonly id?: ChannelId;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: silent. */
  readonly logger?: Logger;
}

/** A page and its chats. */
export interface Console {
  /** To be handed to the gateway; its `owner` has to be an owner of the profile. */
  readonly channel: ConsoleChannel;
  /** Answers everything under `/`. To be listened for on the loopback interface alone: what it answers to elsewhere is 403. */
  fetch(request: Request): Promise<Response>;
  /** Ends the feeds, logins and chats; what is asked afterwards is refused. */
  close(): void;
}

/** Makes a console. Rejects where the files of the page are not there, and with a `RangeError` for a token that is too short. */
export async function createConsole(options: ConsoleOptions): Promise<Console> {
  const { view, token, language = 'en', clock = systemClock, logger = silentLogger } = options;
  if (token.length < 32) throw new RangeError('The token of the console must have at least 32 characters.');
  const id = options.id ?? asId<ChannelId>('console');
  const files = await loadPageFiles();
  const sessions = createSessions(token);
  const closing = new AbortController();
  const { signal } = closing;
  const uploads = createUploads();
  const feed = createFeed({ log: () => log, logins: () => logins?.current ?? [] });
  const log = createChatLog({ nextPlace: feed.nextPlace });
  const onItem: Parameters<typeof createConsoleChannel>[0]['onItem'] = (chat, item) => feed.tell({ type: 'item', chat, item });
  const channel = createConsoleChannel({ id, log, uploads, clock, onItem });
  const logins =
    options.accounts &&
    createLogins({ accounts: options.accounts, logger, onState: (login) => feed.tell({ type: 'login', login }) });
  tellNews(view, (topics) => feed.tell({ type: 'news', topics }), { clock, signal });

  const app = new Hono();
  app.use(guard);
  app.use(async (context, next) => {
    if (signal.aborted) return context.json({ error: 'closed' }, 503);
    await next();
  });
  app.onError((error, context) => {
    if (error instanceof HTTPException) return context.json({ error: 'request' }, error.status);
    if (!isGatewayError(error)) logger.error({ error }, 'the console could not answer');
    const { message, remedy } = isGatewayError(error) ? error : { message: 'Something went wrong.', remedy: undefined };
    return context.json({ error: 'failed', message, ...(remedy !== undefined && { remedy }) }, 500);
  });

  app.post('/api/session', async (context) => {
    const { token: given } = await readObject(context.req.raw);
    if (typeof given !== 'string' || !sessions.isToken(given)) return context.json({ error: 'token' }, 401);
    context.header('set-cookie', sessions.open(hostOf(context.req.raw), clock.now()));
    return context.body(null, 204);
  });
  const isLetIn = (request: Request) => sessions.isOpen(request.headers.get('cookie'), hostOf(request), clock.now());
  app.use('/api/*', async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });
  // Asking is no mistake, and a browser would log a refusal as one.
  app.get('/api/session', (context) => {
    const hello: Hello | null = isLetIn(context.req.raw) ? { language, channel: id } : null;
    return context.json(hello);
  });
  app.use('/api/*', async (context, next) => (isLetIn(context.req.raw) ? await next() : context.json({ error: 'session' }, 401)));
  app.delete('/api/session', (context) => {
    context.header('set-cookie', sessions.close(hostOf(context.req.raw)));
    return context.body(null, 204);
  });
  app.get('/api/feed', (context) => feedStream(feed, context.req.header('last-event-id'), { clock, signal }));
  app.route('/api/chats', chatRoutes({ channel, log, uploads, view }));
  if (logins !== undefined) app.route('/api/logins', loginRoutes({ logins, view }));
  app.route('/api', viewRoutes(view));

  app.get('*', (context) => {
    const name = context.req.path === '/' ? 'index.html' : context.req.path.slice(1);
    const file = files.get(name);
    if (file === undefined) return context.json({ error: 'absent' }, 404);
    const keep = file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache';
    return new Response(file.bytes, { headers: { 'content-type': file.mediaType, 'cache-control': keep } });
  });

  return {
    channel,
    fetch: async (request) => app.fetch(request),
    close() {
      closing.abort();
      logins?.stopAll();
      channel.close();
    },
  };
}

function hostOf(request: Request): string {
  return request.headers.get('host') ?? new URL(request.url).host;
}
