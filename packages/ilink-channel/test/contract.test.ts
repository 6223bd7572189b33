import { channelContract } from '@threadbridge/contract/testing';
import { expect } from 'vitest';
import { setUp } from './set-up.ts';

channelContract('the WeChat channel', async () => {
  const world = await setUp();
  return {
    connect: async () => world.connect(),
    async write(text) {
      world.fake.say(text);
    },
    read: async () => world.fake.sent.map((one) => one.text ?? ''),
    async redeliver() {
      world.fake.redeliver();
    },
    async close() {
      await world.fake.close();
      expect(world.fake.mistakes).toEqual([]);
    },
  };
});

channelContract('the WeChat channel on a service that gives every answer once', async () => {
  const world = await setUp({ repeatsAnswered: false });
  return {
    connect: async () => world.connect(),
    async write(text) {
      world.fake.say(text);
    },
    read: async () => world.fake.sent.map((one) => one.text ?? ''),
    async close() {
      await world.fake.close();
      expect(world.fake.mistakes).toEqual([]);
    },
  };
});
