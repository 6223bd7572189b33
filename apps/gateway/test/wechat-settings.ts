import type { FakeIlink } from '@threadbridge/testkit/ilink';

/** A profile whose one channel is this WeChat, and whose owner writes there. */
export const wechatSettings = (fake: FakeIlink) => ({
  channels: { wechat: { type: 'ilink' as const, baseUrl: fake.url, cdnBaseUrl: fake.cdnUrl } },
  access: { owners: ['wechat:owner@im.wechat'] },
});
