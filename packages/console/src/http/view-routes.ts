import { asId, type GatewayView, type ThreadId } from '@threadbridge/contract';
import { Hono } from 'hono';
import { pageQuery } from './page-query.ts';

/** What the gateway shows of itself; reading alone. */
export function viewRoutes(view: GatewayView): Hono {
  const routes = new Hono();
  routes.get('/status', async (context) => context.json(await view.status()));
  routes.get('/runs', async (context) => context.json(await view.runs()));
  routes.get('/conversations', async (context) => context.json(await view.conversations(pageQuery(context.req))));
  routes.get('/deliveries', async (context) => context.json(await view.deliveries(pageQuery(context.req))));
  routes.get('/audit', async (context) => context.json(await view.audit(pageQuery(context.req))));
  routes.get('/audit/state', async (context) => context.json(await view.verifyAudit()));
  routes.get('/settings', async (context) => context.json(await view.settings()));
  routes.get('/health', async (context) => context.json(await view.health()));
  routes.get('/limits', async (context) => context.json((await view.limits()) ?? null));
  routes.get('/threads', async (context) => {
    const { search, cursor } = context.req.query();
    const query = { limit: 30, ...(search && { search }), ...(cursor && { cursor }) };
    return context.json((await view.threads?.list(query)) ?? { threads: [] });
  });
  routes.get('/threads/:thread/turns', async (context) => {
    const { cursor } = context.req.query();
    const thread = asId<ThreadId>(context.req.param('thread'));
    return context.json((await view.threads?.turns(thread, { limit: 10, ...(cursor && { cursor }) })) ?? { turns: [] });
  });
  return routes;
}
