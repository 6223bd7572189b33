import { named } from '../named.ts';
import type { Translated } from '../translated.ts';

const en = {
  waiting: (p: { readonly count: number }) =>
    `Waiting for the run in progress (${p.count} in line). \`/steer TEXT\` puts words into it, \`/stop\` ends it.`,
  inLine: (p: { readonly place: number; readonly for: 'slot' | 'thread' }) =>
    `${p.for === 'thread' ? 'Another run is at work in this thread' : 'All runs this computer may do at once are at work'}. Yours is ${ordinal(p.place)} in line and begins by itself; \`/stop\` takes it out.`,
  pendingFull: (p: { readonly count: number; readonly words: string }) =>
    `Busy: ${p.count} messages already wait here, so this one${named(p.words, ' ')} was not taken. Send it again later; \`/queue\` shows them, \`/stop all\` drops them.`,
  busy: (p: { readonly message: string; readonly words: string }) =>
    `Busy: your message${named(p.words, ' ')} was not taken. ${p.message}`,
  dropped: (p: { readonly count: number; readonly words: string }) =>
    `${p.count} waiting message${p.count === 1 ? '' : 's'}${named(p.words, ' ')} ${p.count === 1 ? 'was' : 'were'} dropped and not sent to Codex.`,
  recalled: () => 'Taken back before it was sent to Codex.',
  recalledParked: () => 'Taken back: it is not sent again.',
  parked: (p: { readonly message: string; readonly count: number; readonly resets?: string }) =>
    `**Limit reached**${p.resets === undefined ? '' : `, resets at ${p.resets}`}. ${p.message}\n\n${messages(p.count)} kept and not sent again by itself. I say when the limit has reset; \`/queue resume\` sends ${p.count === 1 ? 'it' : 'them'} on, \`/stop all\` drops ${p.count === 1 ? 'it' : 'them'}.`,
  parkedReady: (p: { readonly count: number }) =>
    `The usage limit has reset. ${messages(p.count)} kept: \`/queue resume\` sends ${p.count === 1 ? 'it' : 'them'} on, \`/stop all\` drops ${p.count === 1 ? 'it' : 'them'}.`,
  nothingParked: () => 'Nothing is kept back.',
  restored: (p: { readonly messages: number; readonly replies: number }) =>
    `The state of this gateway was put back from a copy. ${p.messages} message${p.messages === 1 ? '' : 's'} for Codex and ${p.replies} repl${p.replies === 1 ? 'y' : 'ies'} for you that were open then may have been dealt with since, so they are kept: \`/queue\` shows them, \`/queue resume\` sends them on, \`/stop all\` drops them.`,
  statusQueue: (p: { readonly count: number }) => `Waiting messages: ${p.count}`,
  statusLine: (p: { readonly place: number; readonly for: 'slot' | 'thread' }) =>
    `**In line**, ${ordinal(p.place)}, ${p.for === 'thread' ? 'behind another run in this thread' : 'for a free place among the runs'}.`,
  statusParked: (p: { readonly status: 'limited' | 'offered' | 'restored'; readonly count: number; readonly resets?: string }) =>
    p.status === 'restored'
      ? `From before the state was put back, ${messages(p.count)} kept: \`/queue resume\``
      : p.status === 'offered'
        ? `Limit has reset. ${messages(p.count)} kept: \`/queue resume\``
        : `**Limit reached**${p.resets === undefined ? '' : `, resets at ${p.resets}`}. ${messages(p.count)} kept: \`/queue resume\` tries now`,
};

const zh: Translated<typeof en> = {
  waiting: (p) => `正在等待当前任务（排队 ${p.count} 条）。\`/steer 内容\` 插入当前任务，\`/stop\` 结束它。`,
  inLine: (p) =>
    `${p.for === 'thread' ? '另一个任务正在使用这个线程' : '可同时运行的任务已满'}。你的任务排在第 ${p.place} 位，轮到时自动开始；\`/stop\` 可退出排队。`,
  pendingFull: (p) =>
    `正忙：这里已有 ${p.count} 条消息在等待，这一条${named(p.words)}没有接收，请稍后重发。\`/queue\` 查看，\`/stop all\` 丢弃。`,
  busy: (p) => `正忙：你的消息${named(p.words)}没有接收。${p.message}`,
  dropped: (p) => `${p.count} 条等待中的消息${named(p.words)}已丢弃，没有发给 Codex。`,
  recalled: () => '已在发给 Codex 之前撤回。',
  recalledParked: () => '已撤回：不会再发送。',
  parked: (p) =>
    `**已达到用量上限**${p.resets === undefined ? '' : `，将于 ${p.resets} 重置`}。${p.message}\n\n${p.count} 条消息已保留，不会自动重发。重置后我会告诉你；\`/queue resume\` 继续，\`/stop all\` 丢弃。`,
  parkedReady: (p) => `用量上限已重置。保留了 ${p.count} 条消息：\`/queue resume\` 继续，\`/stop all\` 丢弃。`,
  nothingParked: () => '没有保留的消息。',
  restored: (p) =>
    `网关的状态已从备份恢复。当时未完成的 ${p.messages} 条发给 Codex 的消息和 ${p.replies} 条给你的回复可能已经处理过，因此先保留：\`/queue\` 查看，\`/queue resume\` 继续，\`/stop all\` 丢弃。`,
  statusQueue: (p) => `等待中的消息：${p.count}`,
  statusLine: (p) => `**排队中**，第 ${p.place} 位（${p.for === 'thread' ? '等待同一线程的其他任务' : '等待空位'}）。`,
  statusParked: (p) =>
    p.status === 'restored'
      ? `恢复备份之前的 ${p.count} 条消息已保留：\`/queue resume\``
      : p.status === 'offered'
        ? `用量上限已重置。保留了 ${p.count} 条消息：\`/queue resume\``
        : `**已达到用量上限**${p.resets === undefined ? '' : `，将于 ${p.resets} 重置`}。保留了 ${p.count} 条消息：\`/queue resume\` 立即尝试`,
};

/** Messages that wait, and runs in line. */
export const queue = { en, zh };

function messages(count: number): string {
  return count === 1 ? '1 message is' : `${count} messages are`;
}

function ordinal(place: number): string {
  const isTeen = place % 100 >= 11 && place % 100 <= 13;
  return `${place}${(isTeen ? undefined : ['', 'st', 'nd', 'rd'][place % 10]) || 'th'}`;
}
