import { expect, it } from 'vitest';
import { loadConfig, resolveProfile } from '../config/load.ts';
import { findChannel } from './find-channel.ts';

it.each([
  ['wechat', `threadbridge config set channels.wechat '{"type":"ilink"}'`],
  ['work-feishu', `threadbridge config set channels.work-feishu '{"type":"feishu"}'`],
])('names the command that configures %s', async (key, command) => {
  const profile = resolveProfile(await loadConfig({ environment: {}, flags: { home: '/nowhere/threadbridge' } }));
  expect(() => findChannel({ profile, key })).toThrow(expect.objectContaining({ remedy: `Configure it: ${command}` }));
});
