import type { HeldWay } from '../../decide/phase.ts';
import type { Translated } from '../translated.ts';

const en = {
  waitingHeld: (p: { readonly count: number }) =>
    `Waiting (${p.count} in line): another program has the thread open. \`/status\` names the question, \`/stop\` gives up what waits for it.`,
  joined: () => 'Another Codex has this thread open. I joined it there: your words run beside its own windows.',
  heldQuestion: () =>
    '**This thread is open in another program** (the Codex app, an editor, a terminal). I never take a thread away, so nothing was sent yet. How shall it go on?',
  heldWay: (p: { readonly code: string; readonly way: HeldWay }) =>
    `\`/answer ${p.code} ${p.way}\` ${
      {
        wait: 'waits until it is free and goes on by itself',
        queue: 'leaves your words for that program: they run there, under its settings, and I bring the answer',
        fork: 'goes on in a copy of the thread',
        withdraw: 'takes back the prompts that lie in the queue of the thread, then goes on',
      }[p.way]
    }`,
  labelWay: (p: { readonly way: HeldWay }) =>
    ({ wait: 'Wait', queue: 'Leave it there', fork: 'Go on in a copy', withdraw: 'Empty its queue' })[p.way],
  heldWaits: () => 'Waiting until the thread is free. `/stop` gives up.',
  heldQueued: () =>
    'Left for the other program. It runs there when its own turn is over; I bring the answer. `/stop` takes it back.',
  heldQueueUnknown: () =>
    'The program stopped while your words were left for the other one, so they may or may not lie there. I look for the answer; `/stop` takes them back.',
  heldForked: (p: { readonly thread: string }) =>
    `Going on in a copy of the thread, \`${p.thread}\`. The thread itself stays as it is.`,
  heldNotTakenBack: () => 'It could not be taken back: the other program has run it or is running it. I bring the answer.',
  statusHeld: (p: { readonly status: 'asked' | 'waiting' | 'queued'; readonly code: string }) =>
    ({
      asked: `The thread is open in another program: \`/answer ${p.code}\` shows how it can go on`,
      waiting: 'The thread is open in another program; waiting until it is free',
      queued: 'Your words were left for the program that has the thread open',
    })[p.status],
};

const zh: Translated<typeof en> = {
  waitingHeld: (p) =>
    `正在等待（排队 ${p.count} 条）：另一个程序打开了这个线程。\`/status\` 查看问题，\`/stop\` 放弃等待的内容。`,
  joined: () => '另一个 Codex 打开了这个线程，我已加入：你的内容会在那里一起运行。',
  heldQuestion: () =>
    '**这个线程正在另一个程序中打开**（Codex 应用、编辑器或终端）。我不会抢占线程，所以还没有发送任何内容。要怎样继续？',
  heldWay: (p) =>
    `\`/answer ${p.code} ${p.way}\` ${
      {
        wait: '等到线程空闲后自动继续',
        queue: '把内容留给那个程序：按它的设置在那里运行，我把回答带回来',
        fork: '在线程的副本中继续',
        withdraw: '撤回线程队列中的内容，然后继续',
      }[p.way]
    }`,
  labelWay: (p) => ({ wait: '等待', queue: '留在那里', fork: '在副本中继续', withdraw: '清空队列' })[p.way],
  heldWaits: () => '正在等待线程空闲。`/stop` 放弃。',
  heldQueued: () => '已留给另一个程序，等它的当前轮次结束后在那里运行；我会带回回答。`/stop` 撤回。',
  heldQueueUnknown: () => '留言时程序停止了，不确定是否已留给另一个程序。我会查找回答；`/stop` 撤回。',
  heldForked: (p) => `在线程的副本 \`${p.thread}\` 中继续，原线程保持不变。`,
  heldNotTakenBack: () => '无法撤回：另一个程序已经运行或正在运行它。我会带回回答。',
  statusHeld: (p) =>
    ({
      asked: `线程正在另一个程序中打开：\`/answer ${p.code}\` 查看可选方式`,
      waiting: '线程正在另一个程序中打开，等待空闲',
      queued: '内容已留给打开线程的程序',
    })[p.status],
};

/** A thread that another program has open. */
export const held = { en, zh };
