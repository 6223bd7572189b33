import type { Translated } from '../translated.ts';

const en = {
  elsewhereAsks: (p: { readonly title: string }) => `The task “${p.title}” asks:`,
  elsewhereClosed: (p: { readonly code: string; readonly text: string }) => `\`${p.code}\` is closed. ${p.text}`,
  elsewhereEnded: (p: { readonly title: string; readonly status: string }) =>
    `The task “${p.title}” ${
      { completed: 'is done.', failed: 'failed.', interrupted: 'was stopped.', lost: 'was lost.' }[p.status] ?? 'is over.'
    }`,
  heldElsewhere: (p: { readonly title: string }) =>
    `A run in “${p.title}” waits for you: its thread is open in another program. Choose there how it goes on.`,
  parkedReadyElsewhere: (p: { readonly title: string }) =>
    `The usage limit has reset: what waits in “${p.title}” can go on there.`,
};

const zh: Translated<typeof en> = {
  elsewhereAsks: (p) => `任务“${p.title}”请求：`,
  elsewhereClosed: (p) => `\`${p.code}\` 已结束。${p.text}`,
  elsewhereEnded: (p) =>
    `任务“${p.title}”${{ completed: '已完成。', failed: '失败了。', interrupted: '已停止。', lost: '丢失了。' }[p.status] ?? '已结束。'}`,
  heldElsewhere: (p) => `“${p.title}”中的任务在等你：它的线程正在另一个程序中打开，请到那里选择如何继续。`,
  parkedReadyElsewhere: (p) => `用量上限已重置：“${p.title}”中等待的内容可以在那里继续。`,
};

/** What other conversations are told of a run. */
export const elsewhere = { en, zh };
