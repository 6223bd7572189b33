import { listenIfFree } from './listen-if-free.ts';
import type { Service } from './registry.ts';
import { serveNativeApi } from './serve-native-api.ts';

/** The OpenAI-compatible address. */
export const nativeApi: Service = {
  name: 'nativeApi',
  async start(context) {
    const { host, port } = context.settings.nativeApi;
    const place = { services: ['nativeApi'], host, port, setting: 'nativeApi.port' } as const;
    const tried = await listenIfFree(place, () => serveNativeApi(context), context.origin);
    if ('notListening' in tried) return { ready: {}, notListening: tried.notListening, stop: async () => {} };
    const { listening } = tried;
    return { ready: { nativeApi: listening.baseUrl }, stop: () => listening.stop() };
  },
};
