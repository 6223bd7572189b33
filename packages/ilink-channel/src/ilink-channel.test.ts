import { expect, it } from 'vitest';
import { createIlinkChannel, type IlinkChannelOptions } from './ilink-channel.ts';

const credentials = { token: 'secret-token', accountId: 'a@im.bot' };

it.each<[string, Partial<IlinkChannelOptions>]>([
  ['baseUrl', { baseUrl: 'ftp://x' }],
  ['cdnBaseUrl', { cdnBaseUrl: 'nonsense' }],
  ['maxTextBytes', { maxTextBytes: 20_000 }],
  ['id', { id: 'a:b' }],
  ['botAgent', { botAgent: 'two words' }],
])('refuses a wrong %s, by its name', (name, options) => {
  expect(() => createIlinkChannel({ credentials, ...options })).toThrow(
    expect.objectContaining({ code: 'config.invalid', message: expect.stringContaining(name) }),
  );
});

it('publishes what it can and what it may', () => {
  const channel = createIlinkChannel({ credentials });
  expect(Object.keys(channel.capabilities)).toEqual(['link', 'bareQuotes', 'typing', 'attachments']);
  expect(channel.limits).toMatchObject({
    text: { max: 12_000, unit: 'bytes' },
    budget: { messages: 10, windowMs: 23 * 3_600_000 },
  });
});
