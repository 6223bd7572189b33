import type { GatewayView, JsonObject } from '@threadbridge/contract';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ChatLog } from '../chat/chat-log.ts';
import { listChats } from '../chat/list-chats.ts';
import { readChat } from '../chat/read-chat.ts';
import { maxUploadBytes, type Uploads } from '../chat/uploads.ts';
import type { ConsoleChannel } from '../console-channel.ts';
import { artifactResponse } from './artifact-response.ts';
import { pageQuery } from './page-query.ts';
import { readBody, readObject } from './read-body.ts';

export interface ChatParts {
  readonly channel: ConsoleChannel;
  readonly log: ChatLog;
  readonly uploads: Uploads;
  readonly view: GatewayView;
}

const idPattern = /^[\w-]{8,64}$/;
const maxTextLength = 100_000;
const maxFiles = 10;

/** The chats: reading, writing, pressing, files in and out. */
export function chatRoutes({ channel, log, uploads, view }: ChatParts): Hono {
  const routes = new Hono();

  routes.get('/', async (context) => context.json(await listChats({ channel, log, view })));

  routes.get('/:chat{[a-z0-9-]{1,40}}', async (context) =>
    context.json(await readChat(context.req.param('chat'), pageQuery(context.req), { channel, log, view })),
  );

  routes.post('/:chat{[a-z0-9-]{1,40}}/messages', async (context) => {
    const { id, text, files = [] } = await readObject(context.req.raw);
    if (typeof id !== 'string' || !idPattern.test(id)) throw new HTTPException(400);
    if (typeof text !== 'string' || text.length > maxTextLength) throw new HTTPException(400);
    if (!isNames(files) || files.length > maxFiles || (text.trim() === '' && files.length === 0)) throw new HTTPException(400);
    await channel.write(context.req.param('chat'), { id, text, files });
    return context.body(null, 204);
  });

  routes.post('/:chat{[a-z0-9-]{1,40}}/actions', async (context) => {
    const { id, token, values } = await readObject(context.req.raw);
    if (typeof id !== 'string' || !idPattern.test(id)) throw new HTTPException(400);
    if (typeof token !== 'string' || token.length > 4_096) throw new HTTPException(400);
    if (values !== undefined && (typeof values !== 'object' || values === null)) throw new HTTPException(400);
    await channel.press(context.req.param('chat'), { id, token, ...(values && { values: values as JsonObject }) });
    return context.body(null, 204);
  });

  routes.post('/:chat{[a-z0-9-]{1,40}}/files', async (context) => {
    const { name = '', type = '' } = context.req.query();
    if (name === '' || name.length > 255 || type.length > 127) throw new HTTPException(400);
    const bytes = await readBody(context.req.raw, maxUploadBytes);
    return context.json({ file: uploads.add({ name, mediaType: type || 'application/octet-stream', bytes }) });
  });

  routes.get('/:chat{[a-z0-9-]{1,40}}/files/:key/:index{\\d{1,3}}', async (context) => {
    const { chat, key, index } = context.req.param();
    const file = channel.fileOf(chat, key, Number(index));
    return (file && (await artifactResponse(file))) ?? context.json({ error: 'gone' }, 404);
  });

  return routes;
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
