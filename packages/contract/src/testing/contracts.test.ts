import { channelContract } from './channel-contract.ts';
import { createFakePlatform } from './fake-channel.ts';

channelContract('the fake channel', async () => {
  const platform = createFakePlatform();
  return {
    connect: async () => platform.connect(),
    async write(text) {
      platform.say(text);
    },
    read: async () => platform.shown.map((one) => one.message.markdown),
    async redeliver() {
      const last = platform.feed.at(-1);
      if (last !== undefined) platform.emit(last);
    },
    async close() {},
  };
});
