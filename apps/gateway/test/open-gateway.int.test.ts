import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { actorId, type Channel, GatewayError } from '@threadbridge/contract';
import { createFakePlatform, createManualClock } from '@threadbridge/contract/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelFactory, exitCodeOf, loadConfig, openGateway, resolveProfile, type Service } from '../src/index.ts';
import { createWorld, type World } from './set-up.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const names = () =>
  world.events.map((event) => (event.event === 'channel' ? `channel ${event.channel} ${event.state}` : event.event));

describe('a gateway', () => {
  it('answers its owner', async () => {
    await world.open();
    world.platform.say('hello');
    await expect.poll(world.shown).toEqual(['You said: hello']);
  });

  it('tells its life in order, and says ready in the public shape', async () => {
    const gateway = await world.open();
    expect(gateway.ready).toStrictEqual({
      event: 'ready',
      profile: 'default',
      pid: process.pid,
      channels: { terminal: 'connected' },
    });
    await gateway.stop();
    expect(names()).toEqual(['starting', 'channel terminal connected', 'ready', 'stopping', 'channel terminal ended', 'stopped']);
  });

  it('does not listen to strangers', async () => {
    await world.open();
    world.platform.say('rm -rf /', { actor: { id: actorId(world.platform.id, 'mallory') } });
    await expect.poll(world.shown).toEqual([expect.stringContaining('terminal:mallory')]);
    expect(world.agent.turns).toEqual([]);
  });

  it('goes on where it left off: a message that came while it was down is answered once', async () => {
    await (await world.open()).stop();
    world.platform.say('while you were away');
    const second = await world.open();
    await expect.poll(world.shown).toEqual(['You said: while you were away']);
    await second.stop();
    await world.open();
    world.platform.say('and now');
    await expect.poll(world.shown).toEqual(['You said: while you were away', 'You said: and now']);
  });

  it('keeps the key of its codes over restarts, and its files to itself', async () => {
    await (await world.open()).stop();
    const directory = join(world.home, 'profiles', 'default');
    const key = await stat(join(directory, 'token-key'));
    await (await world.open()).stop();
    expect((await stat(join(directory, 'token-key'))).mtimeMs).toBe(key.mtimeMs);
    if (process.platform !== 'win32') {
      expect((await stat(directory)).mode & 0o777).toBe(0o700);
      expect((await stat(world.home)).mode & 0o777).toBe(0o700);
    }
  });

  it('writes no word of a conversation into its log', async () => {
    const gateway = await world.open();
    world.platform.say('the launch code is tangerine');
    await expect.poll(world.shown).toHaveLength(1);
    await gateway.stop();
    const log = await world.log();
    expect(log).toContain('"opened"');
    expect(log).not.toContain('tangerine');
  });

  it('is one per profile: the second is told who holds it, the first goes on', async () => {
    await world.open();
    const error: unknown = await world.open().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'store.held', message: expect.stringContaining(`process ${process.pid}`) });
    expect(exitCodeOf(error)).toBe(5);
    world.platform.say('still there?');
    await expect.poll(world.shown).toEqual(['You said: still there?']);
  });

  it('stops by its signal', async () => {
    const stopping = new AbortController();
    const gateway = await world.open({}, { signal: stopping.signal });
    stopping.abort();
    await gateway.stopped;
    expect(names().at(-1)).toBe('stopped');
  });

  it('does not begin under a signal that has aborted', async () => {
    await expect(world.open({}, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    expect(world.events).toEqual([]);
    await expect(stat(world.home)).rejects.toThrow('ENOENT');
  });

  it('warns where nobody can reach it', async () => {
    await world.open({}, { extraChannels: [] });
    expect(world.events).toContainEqual(
      expect.objectContaining({ event: 'warning', message: expect.stringContaining('No channel') }),
    );
  });
});

describe('a gateway refuses to start', () => {
  it('in a workspace that is too wide, before it touches the disk', async () => {
    const error: unknown = await world.open({ workspaces: { default: '/' } }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'config.unsafe',
      message: expect.stringMatching(/^command line: profiles\.default\.workspaces\.default: `\/` is the root/),
    });
    expect(exitCodeOf(error)).toBe(3);
    await expect(stat(world.home)).rejects.toThrow('ENOENT');
    expect(world.events.at(-1)).toMatchObject({ event: 'stopped', error: { code: 'config.unsafe' } });
  });

  it('in a workspace around its own state', async () => {
    await expect(world.open({ workspaces: { default: world.root } })).rejects.toMatchObject({ code: 'config.unsafe' });
  });

  it('with two channels of one name', async () => {
    const twice = [{ channel: world.platform.connect() }, { channel: world.platform.connect() }];
    await expect(world.open({}, { extraChannels: twice })).rejects.toMatchObject({
      code: 'config.invalid',
      message: 'Two channels are called "terminal".',
    });
    await world.open();
  });

  it('with a channel type that this version does not have, naming the line', async () => {
    const file = join(world.root, 'config.json');
    await writeFile(file, '{ "profiles": { "default": {\n  "channels": { "wechat": { "type": "ilink" } } } } }');
    const profile = resolveProfile(await loadConfig({ environment: {}, flags: { home: world.home, config: file } }));
    await expect(openGateway({ profile, environment: {}, channelFactories: [] })).rejects.toMatchObject({
      message: `${file}:2:37: profiles.default.channels.wechat.type: this version has no channel type "ilink" yet; remove the channel wechat.`,
    });
  });

  it('with a home of Codex that does not exist', async () => {
    const codex = { home: join(world.root, 'no-codex-here') };
    const { createRunner: _, ...options } = { createRunner: undefined, profile: await world.profile({ codex }), environment: {} };
    await expect(openGateway(options)).rejects.toMatchObject({
      code: 'config.invalid',
      message: 'command line: profiles.default.codex.home: there is no such directory.',
    });
  });
});

describe('a channel of the configuration', () => {
  const phone = createFakePlatform({ id: 'phone' });
  const settings = {
    channels: { phone: { type: 'ilink' as const, credentials: { source: 'env' as const, name: 'PHONE_LOGIN' } } },
    access: { owners: ['phone:owner'] },
  };

  it('is made by the factory of its type, with its settings and its secret, which the log does not show', async () => {
    let login = '';
    const ilink = channelFactory('ilink', async ({ id, settings: own, secrets, logger }) => {
      if (own.credentials === undefined) throw new Error('no credentials');
      login = (await secrets.read(own.credentials, `channels.${id}.credentials`)).reveal();
      logger.info({ note: login }, `logged in with ${login}`);
      return phone.connect();
    });
    const environment = { PHONE_LOGIN: 'open-sesame' };
    const gateway = await world.open(settings, { channelFactories: [ilink], extraChannels: [], environment });
    expect(login).toBe('open-sesame');
    expect(gateway.ready.channels).toEqual({ phone: 'connected' });
    phone.say('hi');
    await expect.poll(() => phone.shown.map(({ message }) => message.markdown)).toEqual(['You said: hi']);
    await gateway.stop();
    expect(await world.log()).toContain('logged in with [secret]');
    expect(await world.log()).not.toContain('open-sesame');
  });

  it('that wants a login does not keep the others from working', async () => {
    const loggedOut: Channel = {
      ...phone.connect(),
      // biome-ignore lint/correctness/useYield: it fails before it brings anything
      async *receive() {
        throw new GatewayError('channel.unauthorized', 'The login of phone is over.', {
          remedy: 'Run: threadbridge login phone',
        });
      },
    };
    const ilink = channelFactory('ilink', async () => loggedOut);
    await world.open(settings, { channelFactories: [ilink] });
    await expect
      .poll(() => world.events)
      .toContainEqual({
        event: 'channel',
        profile: 'default',
        channel: 'phone',
        state: 'needs-login',
        error: { code: 'channel.unauthorized', message: 'The login of phone is over.', remedy: 'Run: threadbridge login phone' },
      });
    world.platform.say('hello');
    await expect.poll(world.shown).toEqual(['You said: hello']);
  });
});

describe('a service', () => {
  function service(name: Service['name'], told: string[], channels: readonly Channel[] = []): Service {
    return {
      name,
      async start({ settings, runner, store }) {
        told.push(`${name} started on ${settings[name].enabled} ${typeof runner.start} ${typeof store.commit}`);
        return {
          ready: name === 'nativeApi' ? { nativeApi: 'http://127.0.0.1:1/v1' } : { console: 'http://127.0.0.1:2' },
          channels: channels.map((channel) => ({ channel })),
          stop: async () => void told.push(`${name} stopped`),
        };
      },
    };
  }

  it('is started, named in ready, brings its chat, and is stopped in the opposite order', async () => {
    const told: string[] = [];
    const page = createFakePlatform({ id: 'page' });
    const services = [service('nativeApi', told), service('console', told, [page.connect()])];
    const gateway = await world.open({ access: { owners: ['page:owner'] } }, { services });
    expect(gateway.ready).toStrictEqual({
      event: 'ready',
      profile: 'default',
      pid: process.pid,
      channels: { page: 'connected', terminal: 'connected' },
      nativeApi: 'http://127.0.0.1:1/v1',
      console: 'http://127.0.0.1:2',
    });
    page.say('from the page');
    await expect.poll(() => page.shown.map(({ message }) => message.markdown)).toEqual(['You said: from the page']);
    await gateway.stop();
    expect(told).toEqual([
      'nativeApi started on true function function',
      'console started on true function function',
      'console stopped',
      'nativeApi stopped',
    ]);
  });

  it('stays off where the profile says so', async () => {
    const told: string[] = [];
    await world.open({ nativeApi: { enabled: false } }, { services: [service('nativeApi', told)] });
    expect(told).toEqual([]);
  });

  it('is stopped again when another one cannot start, and the profile is free', async () => {
    const told: string[] = [];
    const broken: Service = { name: 'console', start: () => Promise.reject(new Error('port taken')) };
    await expect(world.open({}, { services: [service('nativeApi', told), broken] })).rejects.toThrow('port taken');
    expect(told.at(-1)).toBe('nativeApi stopped');
    await world.open();
  });
});

describe('the end', () => {
  it('is reported with what went wrong first, even where closing fails as well', async () => {
    const runner = world.agent.runner();
    const failing = {
      ...runner,
      [Symbol.asyncDispose]: () => Promise.reject(new Error('does not close')),
    };
    const twice = [{ channel: world.platform.connect() }, { channel: world.platform.connect() }];
    await expect(world.open({}, { createRunner: async () => failing, extraChannels: twice })).rejects.toMatchObject({
      code: 'config.invalid',
    });
  });

  it('leaves behind what does not stop, after the bound', async () => {
    const stubborn: Channel = {
      ...world.platform.connect(),
      async *receive() {
        await new Promise(() => {});
      },
    };
    const clock = createManualClock();
    const gateway = await world.open({}, { extraChannels: [{ channel: stubborn }], clock, stopTimeoutMs: 1_000 });
    const stopped = expect(gateway.stop()).rejects.toThrow('did not stop within 3000 ms');
    await vi.waitFor(async () => {
      await clock.advance(6_000);
      expect(names().at(-1)).toBe('stopped');
    });
    await stopped;
  });
});
