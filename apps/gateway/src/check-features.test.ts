import { describe, expect, it } from 'vitest';
import { channelFactory } from './channels/channel-factory.ts';
import { type Abilities, checkFeatures } from './check-features.ts';
import { loadConfig, resolveProfile } from './config/load.ts';
import type { ProfileInput } from './config/schema.ts';

const nothing: Abilities = { channelFactories: [], services: [] };

async function check(settings: ProfileInput, abilities = nothing) {
  const loaded = await loadConfig({ environment: {}, flags: { home: '/nowhere/threadbridge', settings } });
  return checkFeatures(resolveProfile(loaded), abilities);
}

describe('what this version can run', () => {
  it('is everything that a careful profile asks for', async () => {
    expect(await check({ access: { owners: ['wechat:me'] }, codex: { transport: 'stdio', home: 'isolated' } })).toBeUndefined();
  });

  it('leaves out in silence what only a default would switch on', async () => {
    expect(await check({})).toBeUndefined();
  });

  it('is roles, groups, named workspaces and approvals by two', async () => {
    const access = { admins: ['wechat:a'], users: ['wechat:b'], chats: ['feishu:oc_1'], requireMention: false };
    const approvals: ProfileInput['approvals'] = { twoPersons: true, mayAnswer: ['admin'] };
    expect(await check({ access, workspaces: { aliases: { app: '/srv/app' } }, approvals })).toBeUndefined();
  });

  it('lets what is switched off be switched off', async () => {
    expect(
      await check({ nativeApi: { enabled: false }, console: { enabled: false }, taskApi: { enabled: false } }),
    ).toBeUndefined();
  });

  it.each<[string, ProfileInput]>([
    [
      'channels.phone.type: this version has no channel type "ilink" yet; remove the channel phone',
      { channels: { phone: { type: 'ilink' } } },
    ],
    ['taskApi: this version has no task API yet', { taskApi: { mayApprove: true } }],
  ])('refuses what was asked for and is not there: %s', async (words, settings) => {
    await expect(check(settings)).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining(`command line: profiles.default.${words}`),
    });
  });

  it('grows with the registries', async () => {
    const ilink = channelFactory('ilink', () => Promise.reject(new Error('not made here')));
    const api = { name: 'nativeApi' as const, start: () => Promise.reject(new Error('not started here')) };
    const settings: ProfileInput = { channels: { phone: { type: 'ilink' } }, nativeApi: { enabled: true } };
    await check(settings, { channelFactories: [ilink], services: [api] });
  });
});
