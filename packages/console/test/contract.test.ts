import { channelContract } from '@threadbridge/contract/testing';
import type { ChatPage } from '../src/wire.ts';
import { openConsole } from './open-console.ts';

channelContract('the console', async () => {
  const { console, ask } = await openConsole();
  let count = 0;
  return {
    connect: async () => console.channel,
    async write(text) {
      count += 1;
      // It resolves once the message is durable; the tests read it after that was asked for.
      console.channel.write('main', { id: `message-${count}`, text, files: [] }).catch(() => {});
    },
    async read() {
      const { items } = (await (await ask('/api/chats/main')).json()) as ChatPage;
      return items.flatMap((item) => (item.type === 'said' ? [item.markdown] : []));
    },
    close: async () => console.close(),
  };
});
