import type { GatewayView } from '@threadbridge/contract';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logins } from '../logins.ts';
import { readObject } from './read-body.ts';

/** Logging accounts in; the steps come through the feed. */
export function loginRoutes({ logins, view }: { readonly logins: Logins; readonly view: GatewayView }): Hono {
  const routes = new Hono();
  routes.get('/', (context) => context.json(logins.current));
  routes.post('/:channel', async (context) => {
    const channel = context.req.param('channel');
    const { channels } = await view.status();
    if (!channels.some((one) => one.id === channel && one.canLogin)) throw new HTTPException(404);
    logins.start(channel);
    return context.body(null, 204);
  });
  routes.post('/:channel/code', async (context) => {
    const { code } = await readObject(context.req.raw);
    if (typeof code !== 'string' || !/^[\w-]{1,32}$/.test(code)) throw new HTTPException(400);
    if (!logins.giveCode(context.req.param('channel'), code)) throw new HTTPException(409);
    return context.body(null, 204);
  });
  routes.delete('/:channel', (context) => {
    logins.stop(context.req.param('channel'));
    return context.body(null, 204);
  });
  return routes;
}
