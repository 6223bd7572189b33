import type { Translated } from '../translated.ts';

const en = {
  channelNeedsLogin: (p: { readonly channel: string; readonly profileFlag: string }) =>
    `The login of "${p.channel}" has ended: nothing comes in or goes out there. On the computer: \`threadbridge login ${p.channel}${p.profileFlag}\`. What waits there is kept.`,
  channelFailed: (p: { readonly channel: string; readonly reason: string }) =>
    `"${p.channel}" has stopped, and somebody has to look after it: ${p.reason}`,
  deliveryUnknown: (p: { readonly excerpt: string }) =>
    `A message may or may not have arrived: its sending was cut short. It began: “${p.excerpt}”`,
  deliveryFailed: (p: { readonly excerpt: string; readonly code: string }) =>
    `A message could not be delivered (${p.code}). It began: “${p.excerpt}”`,
  heldReplies: (p: { readonly count: number }) => `Replies held back by the platform's limit: ${p.count}`,
  moreWaits: (p: { readonly count: number }) => `(${p.count} more wait: the platform lets me speak again when you write.)`,
};

const zh: Translated<typeof en> = {
  channelNeedsLogin: (p) =>
    `"${p.channel}" 的登录已失效，那里暂时收不到也发不出消息。请在电脑上运行：\`threadbridge login ${p.channel}${p.profileFlag}\`。等待中的消息会保留。`,
  channelFailed: (p) => `"${p.channel}" 已停止，需要有人处理：${p.reason}`,
  deliveryUnknown: (p) => `有一条消息的发送被中断，无法确定是否送达。开头是：“${p.excerpt}”`,
  deliveryFailed: (p) => `有一条消息无法送达（${p.code}）。开头是：“${p.excerpt}”`,
  heldReplies: (p) => `因平台限制暂存的回复：${p.count}`,
  moreWaits: (p) => `（还有 ${p.count} 条等待：你写一条消息后平台才允许我继续发送。）`,
};

/** What came through to a chat, and what did not. */
export const delivery = { en, zh };
