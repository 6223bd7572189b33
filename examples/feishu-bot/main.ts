import assert from 'node:assert/strict';
import { createFeishuChannel } from '@threadbridge/feishu-channel';
import { startFakeFeishu } from '@threadbridge/testkit/feishu';
import { runBot } from './bot.ts';

// With a real app: leave out the fake and `domain`, and give the credentials of `login()`.
await using fake = await startFakeFeishu();
const channel = createFeishuChannel({ appId: fake.app.id, appSecret: fake.app.secret, domain: fake.url, clickWaitMs: 2_000 });
const stop = new AbortController();
const bot = runBot(channel, stop.signal);

fake.say('hello');
await fake.until(() => fake.sent.length === 1);
assert.match(fake.sent[0]?.text ?? '', /You said: \*\*hello\*\*/);

fake.say('in the group', { chat: fake.addChat('group') });
await fake.until(() => fake.sent.length === 2);
assert.ok(fake.sent[1]?.replyTo);

fake.say('shout hooray');
await fake.until(() => fake.sent.length === 3);
await fake.click('Shout');
await fake.until(() => fake.sent[2]?.text === '**HOORAY!**');

stop.abort();
await bot;
assert.deepEqual(fake.mistakes, []);
console.log('The bot answered, in private and in a group, and shouted when it was told to.');
