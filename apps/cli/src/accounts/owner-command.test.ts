import { expect, it } from 'vitest';
import { ownerCommand } from './owner-command.ts';

it('is a command that can be copied as it is', () => {
  expect(ownerCommand(['wechat:ann@im.wechat'], {})).toBe(`threadbridge config set access.owners '["wechat:ann@im.wechat"]'`);
});

it('names what was named before, each as one word of a shell', () => {
  const options = { profile: 'team', config: "/home/me/ann's/config.json" };
  expect(ownerCommand(['wechat:bob', 'feishu:ou_1'], options)).toBe(
    `threadbridge config set access.owners '["wechat:bob","feishu:ou_1"]' --profile team --config '/home/me/ann'\\''s/config.json'`,
  );
});
