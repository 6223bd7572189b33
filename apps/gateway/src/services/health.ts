import type { Service } from './registry.ts';

/**
 * At the console's port, whoever else is served there. `/healthz`: the process lives. `/readyz`: every channel is connected; 503 tells which are not. `/metrics`: the
 * Prometheus text, for callers with the console's token.
 */
export const health: Service = {
  name: 'health',
  isWanted: ({ health: { enabled }, console: page, taskApi }) => enabled || page.enabled || taskApi.enabled,
  async start({ web, metrics, channelStates }) {
    web.mount('/healthz', 'own', () => Response.json({ status: 'ok' }));
    web.mount('/readyz', 'own', () => {
      const states = channelStates();
      const isReady = states !== undefined && Object.values(states).every((state) => state === 'connected');
      return Response.json({ status: isReady ? 'ok' : 'not ready', channels: states ?? {} }, { status: isReady ? 200 : 503 });
    });
    web.mount('/metrics', 'token', async () => {
      const { contentType, text } = await metrics.render();
      return new Response(text, { headers: { 'content-type': contentType } });
    });
    return { ready: {}, stop: async () => {} };
  },
};
