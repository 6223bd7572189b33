import { expect, it } from 'vitest';
import { typedCommand } from './typed-command.ts';

it('is a command that can be copied as it is', () => {
  expect(typedCommand(['config', 'set', 'access.owners', '["wechat:ann@im.wechat"]'], {})).toBe(
    `threadbridge config set access.owners '["wechat:ann@im.wechat"]'`,
  );
});

it('names what was named before, each as one word of a shell', () => {
  expect(typedCommand(['claim'], { profile: 'team', config: "/home/me/ann's/config.json" })).toBe(
    `threadbridge claim --profile team --config '/home/me/ann'\\''s/config.json'`,
  );
});
