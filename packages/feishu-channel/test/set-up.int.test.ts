import { isGatewayError } from '@threadbridge/contract';
import { startFakeFeishu } from '@threadbridge/testkit/feishu';
import { describe, expect, it } from 'vitest';
import { createFeishuChannel, type FeishuLoginStep, login } from '../src/index.ts';
import { heard, open } from './set-up.ts';

describe('FS-1, FS-2: set-up', () => {
  it('makes an app by one scan and says who scanned', async () => {
    await using fake = await startFakeFeishu();
    const steps: FeishuLoginStep[] = [];
    for await (const step of login({ accountsUrl: fake.url })) {
      steps.push(step);
      if (step.type === 'qr') fake.registration.confirm();
    }
    expect(steps).toMatchObject([
      { type: 'qr', url: expect.stringContaining('user_code'), attempt: 1 },
      { type: 'complete', credentials: { appId: fake.app.id, appSecret: fake.app.secret, tenant: 'feishu', owner: fake.owner } },
    ]);
  });

  it('says why nobody logged in, and stops at once when it is told to', async () => {
    await using fake = await startFakeFeishu();
    fake.registration.refuse('access_denied');
    const steps: FeishuLoginStep[] = [];
    for await (const step of login({ accountsUrl: fake.url })) {
      steps.push(step);
      if (step.type === 'qr') fake.registration.refuse('access_denied');
    }
    expect(steps.at(-1)).toMatchObject({ type: 'failed', reason: 'refused' });
    const stop = new AbortController();
    for await (const step of login({ accountsUrl: fake.url, signal: stop.signal })) {
      expect(step.type).toBe('qr');
      stop.abort();
    }
  });

  it('names each missing permission by what it is for', async () => {
    await using world = await open();
    world.fake.scopes.delete('cardkit:card:write');
    world.fake.scopes.delete('docx:document:readonly');
    const { bot, missing } = await world.connect().check();
    expect(bot).toEqual({ openId: world.fake.bot.openId, name: 'Bridge' });
    expect(missing?.map((one) => [one.feature, one.anyOf[0]])).toEqual([
      ['run cards', 'cardkit:card:write'],
      ['read documents', 'docx:document:readonly'],
    ]);
  });

  it('shows kinds of events as not seen until one comes', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    expect(channel.seen()).toEqual({ message: false, click: false, comment: false });
    world.fake.say('hi');
    await heard(reader);
    expect(channel.seen()).toEqual({ message: true, click: false, comment: false });
  });

  it('writes no secret, no token and no text of anybody into the log, whatever goes wrong', async () => {
    await using world = await open();
    const { reader, channel } = await world.start();
    world.fake.say('my private words');
    const event = await heard(reader);
    world.fake.expireTokens();
    world.fake.fail('token', { type: 'status', status: 500 });
    world.fake.fail('message.create', { type: 'drop' }, { type: 'code', code: 230_001, msg: 'bad: my answer' });
    for (const key of ['1', '2', '3'])
      await channel.send({ markdown: 'my answer' }, { to: event.scope, reply: event.reply, key: key as never }).catch(() => {});
    world.fake.connections.drop();
    await world.fake.until(() => world.fake.connections.connects >= 2);
    const log = world.logged.join('\n');
    expect(log).not.toBe('');
    for (const secret of [world.fake.app.secret, 'my private words', 'my answer', 'Bearer']) expect(log).not.toContain(secret);
    expect(log).not.toMatch(/\bt-[0-9a-f]{8}/);
  });

  it('gives up on a platform that never answers', async () => {
    await using world = await open();
    world.fake.fail('bot.info', { type: 'hang' });
    const error = await world
      .connect({ timeoutMs: 50 })
      .check()
      .catch((reason: unknown) => reason);
    expect(isGatewayError(error) && error).toMatchObject({ code: 'channel.unreachable', certain: false, retry: 'backoff' });
  });

  it('refuses an app id that the SDK would pass over in silence', () => {
    expect(() => createFeishuChannel({ appId: 'cli_short', appSecret: 's' })).toThrow(/appId/);
  });
});
