import type { RunStatus } from '@threadbridge/contract';

/** The languages of the few words that the channel says by itself. */
export type Language = 'en' | 'zh';

/** What stands on cards that nobody said. */
export interface Words {
  readonly status: Readonly<Record<RunStatus, string>>;
  readonly inLine: (place: number) => string;
  readonly plan: string;
  readonly diff: string;
  readonly stop: string;
  readonly stopAsk: string;
  readonly steer: string;
  readonly steerHint: string;
  readonly usage: (input: number, output: number) => string;
  readonly steps: (count: number) => string;
  readonly earlier: (count: number) => string;
  readonly waiting: (count: number) => string;
  readonly more: string;
  readonly moved: string;
  readonly followsBelow: string;
  readonly nothing: string;
  readonly clicked: string;
  readonly pick: string;
}

const en: Words = {
  status: {
    starting: 'Starting…',
    running: 'Working…',
    waiting: 'Waiting for an answer',
    completed: 'Done',
    failed: 'Failed',
    interrupted: 'Stopped',
    lost: 'Lost',
  },
  inLine: (place) => (place === 1 ? 'In line, next' : `In line, number ${place}`),
  plan: 'Plan',
  diff: 'Changes',
  stop: 'Stop',
  stopAsk: 'Stop this run?',
  steer: 'Send',
  steerHint: 'Say something to the running task',
  usage: (input, output) => `${input} tokens in, ${output} out`,
  steps: (count) => (count === 1 ? '1 step' : `${count} steps`),
  earlier: (count) => `… ${count} earlier`,
  waiting: (count) =>
    count === 1 ? 'A question is open; it is asked below.' : `${count} questions are open; they are asked below.`,
  more: '…',
  moved: 'This goes on in a newer message below.',
  followsBelow: 'The answer is long; it follows below.',
  nothing: 'There was nothing to say.',
  clicked: 'Received.',
  pick: 'Choose',
};

const zh: Words = {
  status: {
    starting: '正在开始…',
    running: '运行中…',
    waiting: '等待回答',
    completed: '已完成',
    failed: '失败',
    interrupted: '已停止',
    lost: '已丢失',
  },
  inLine: (place) => `排队中，第 ${place} 位`,
  plan: '计划',
  diff: '改动',
  stop: '停止',
  stopAsk: '停止这次运行？',
  steer: '发送',
  steerHint: '对正在运行的任务补充一句',
  usage: (input, output) => `输入 ${input} tokens，输出 ${output}`,
  steps: (count) => `${count} 个步骤`,
  earlier: (count) => `… 之前还有 ${count} 个`,
  waiting: (count) => `有 ${count} 个问题待回答，见下方。`,
  more: '…',
  moved: '后续内容见下方的新消息。',
  followsBelow: '回答较长，见下方。',
  nothing: '没有内容。',
  clicked: '已收到。',
  pick: '选择',
};

export function wordsIn(language: Language): Words {
  switch (language) {
    case 'en':
      return en;
    case 'zh':
      return zh;
  }
}

/** A toast in both languages; the phone takes its own. */
export function clickedToast(): Readonly<Record<string, unknown>> {
  return { type: 'info', content: en.clicked, i18n: { en_us: en.clicked, zh_cn: zh.clicked } };
}
