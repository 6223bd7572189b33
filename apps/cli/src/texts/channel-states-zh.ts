import type { ChannelState } from '@threadbridge/gateway';

/** How a channel stands, in Chinese. */
export const channelStatesZh: Readonly<Record<ChannelState, string>> = {
  connected: '已连接',
  unreachable: '无法连接',
  'needs-login': '需要登录',
  failed: '失败',
  ended: '已结束',
};
