import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileKeystore, type LoginProgress, loginAccount, logoutAccount, probeChannel, showAccounts } from '../src/index.ts';
import { createWorld, type World } from './set-up.ts';
import { wechatSettings } from './wechat-settings.ts';

let world: World;
let fake: FakeIlink;
beforeEach(async () => {
  world = await createWorld();
  fake = await startFakeIlink({ holdMs: 200 });
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await fake.close();
});

const settings = () => wechatSettings(fake);
const readCode = () => Promise.reject(new Error('no number was shown'));
const forever = new AbortController().signal;

async function logIn(): Promise<readonly LoginProgress[]> {
  const steps: LoginProgress[] = [];
  void fake.phone.code().then(() => fake.phone.confirm());
  const profile = await world.profile(settings());
  for await (const step of loginAccount({ profile, key: 'wechat', signal: forever, readCode })) steps.push(step);
  return steps;
}

describe('a WeChat account', () => {
  it('is logged in, shown, answers its owner, and is forgotten; its token is nowhere to be read', async () => {
    const profile = await world.profile(settings());
    expect(await showAccounts({ profile, type: 'ilink' })).toEqual([{ key: 'wechat', login: 'absent', baseUrl: fake.url }]);
    const steps = await logIn();
    const { token, accountId, userId } = fake.credentials;
    const account = { accountId, userId, baseUrl: fake.url };
    expect(steps).toEqual([
      { type: 'qr', url: expect.any(String), attempt: 1 },
      { type: 'complete', account },
    ]);
    expect(await showAccounts({ profile, type: 'ilink' })).toEqual([{ key: 'wechat', login: 'stored', ...account }]);

    const gateway = await world.open(settings(), { extraChannels: [] });
    fake.say('hello');
    await fake.until(() => fake.sent.length === 1);
    expect(fake.sent[0]?.text).toBe('You said: hello');
    await gateway.stop();
    expect(fake.mistakes).toEqual([]);
    const secret = token.slice(-16);
    expect(await world.log()).not.toContain(secret);
    const stored = await readFile(join(world.home, 'profiles', 'default', 'secrets.json.enc'), 'utf8');
    expect(stored).not.toContain(secret);
    expect(Buffer.from(JSON.parse(stored).data, 'base64').toString('latin1')).not.toContain(secret);

    expect(await logoutAccount({ profile, key: 'wechat' })).toBe(true);
    expect(await logoutAccount({ profile, key: 'wechat' })).toBe(false);
  });

  it('without a login is refused with the command that helps', async () => {
    await expect(world.open(settings())).rejects.toMatchObject({
      code: 'config.secret_missing',
      message: expect.stringContaining('channels.wechat.credentials'),
      remedy: 'Log in: threadbridge login wechat',
    });
  });

  it('with something else where its login should be is refused without showing it', async () => {
    const profile = await world.profile(settings());
    await logIn();
    await createFileKeystore(profile.paths).set('channels.wechat.credentials', '{"secret":"sesame"}');
    const refused = await world.open(settings()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'config.invalid', remedy: 'Log in: threadbridge login wechat' });
    expect(String(refused)).not.toContain('sesame');
  });

  it('takes its login from where the setting says, and then login writes nowhere', async () => {
    const { channels, access } = settings();
    const wechat = { ...channels.wechat, credentials: { source: 'env' as const, name: 'WECHAT' } };
    const own = { channels: { wechat }, access };
    await world.open(own, { extraChannels: [], environment: { WECHAT: JSON.stringify(fake.credentials) } });
    fake.say('from a variable');
    await fake.until(() => fake.sent.length === 1);
    const profile = await world.profile(own);
    expect(await showAccounts({ profile, type: 'ilink' })).toMatchObject([{ key: 'wechat', login: 'elsewhere' }]);
    await expect(logoutAccount({ profile, key: 'wechat' })).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it('that is not configured is refused with the nearest name', async () => {
    const profile = await world.profile(settings());
    await expect(logoutAccount({ profile, key: 'wehcat' })).rejects.toMatchObject({
      code: 'config.invalid',
      message: 'The profile default has no channel "wehcat"; did you mean "wechat"?',
    });
  });

  it('whose login ended says so, with the others going on', async () => {
    await logIn();
    fake.expireSession();
    await world.open(settings());
    await expect
      .poll(() => world.events)
      .toContainEqual(expect.objectContaining({ event: 'channel', channel: 'wechat', state: 'needs-login' }));
    world.platform.say('hello');
    await expect.poll(world.shown).toEqual(['You said: hello']);
  });
});

describe('a probe', () => {
  it('tells who writes and answers nobody; the gateway answers afterwards', async () => {
    await logIn();
    const profile = await world.profile(settings());
    const stop = new AbortController();
    const actors: string[] = [];
    fake.say('who am I?', { from: 'ann@im.wechat' });
    fake.say('and I?');
    for await (const event of probeChannel({ profile, key: 'wechat', environment: {}, signal: stop.signal })) {
      if (event.type === 'message.received') actors.push(event.actor.id);
      if (actors.length === 2) stop.abort();
    }
    expect(actors).toEqual(['wechat:ann@im.wechat', 'wechat:owner@im.wechat']);
    expect(fake.sent).toEqual([]);
    await world.open(settings(), { extraChannels: [] });
    await fake.until(() => fake.sent.some(({ text }) => text === 'You said: and I?'));
  });

  it('is refused while the profile runs', async () => {
    await logIn();
    await world.open(settings(), { extraChannels: [] });
    const profile = await world.profile(settings());
    const probe = probeChannel({ profile, key: 'wechat', environment: {}, signal: forever });
    await expect(probe.next()).rejects.toMatchObject({ code: 'store.held' });
  });
});
