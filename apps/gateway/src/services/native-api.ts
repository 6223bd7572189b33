import { isGatewayError } from '@threadbridge/contract';
import type { Service } from './registry.ts';
import { serveNativeApi } from './serve-native-api.ts';

/** The OpenAI-compatible address. It is on by default, so a default port that another profile has taken is no reason not to start. */
export const nativeApi: Service = {
  name: 'nativeApi',
  async start(context) {
    const { origin, warn, settings } = context;
    try {
      const server = await serveNativeApi(context);
      return { ready: { nativeApi: server.baseUrl }, stop: () => server.stop() };
    } catch (error) {
      const isTaken = isGatewayError(error) && error.code === 'config.invalid';
      if (!isTaken || origin(['nativeApi', 'port']).type !== 'default') throw error;
      const { host, port } = settings.nativeApi;
      warn(
        `The native API is off: ${host}:${port} is taken, perhaps by another profile. Set nativeApi.port, or nativeApi.enabled to false.`,
      );
      return { ready: {}, stop: async () => {} };
    }
  },
};
