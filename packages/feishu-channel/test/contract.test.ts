import { channelContract } from '@threadbridge/contract/testing';
import { startFakeFeishu } from '@threadbridge/testkit/feishu';
import { createFeishuChannel } from '../src/index.ts';

channelContract('Feishu', async () => {
  const fake = await startFakeFeishu();
  return {
    connect: async () => createFeishuChannel({ appId: fake.app.id, appSecret: fake.app.secret, domain: fake.url }),
    write: async (text) => void fake.say(text),
    read: async () => fake.sent.map((one) => one.text),
    redeliver: async () => void fake.redeliver(),
    close: () => fake.close(),
  };
});
