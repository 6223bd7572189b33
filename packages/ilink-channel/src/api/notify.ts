import type { Api, CallOptions } from './call.ts';

/** Tells the service that the bot is there, or gone. */
export async function notify(api: Api, news: 'start' | 'stop', call: CallOptions): Promise<void> {
  await api.post(`ilink/bot/msg/notify${news}`, {}, call);
}
