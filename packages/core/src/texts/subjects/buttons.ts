import type { Translated } from '../translated.ts';

const en = {
  labelApprove: () => 'Approve',
  labelApproveSession: () => 'Approve for this session',
  labelApproveAlways: () => 'Always allow',
  labelDeny: () => 'Deny',
  labelCancel: () => 'Deny and stop',
  labelAnswer: () => 'Answer',
  labelNew: () => 'New thread',
  labelStop: () => 'Stop',
  labelSteer: () => 'Put in',
  labelSteerText: () => 'Words for the run in progress',
  buttonRefused: (p: { readonly why: 'altered' | 'key' | 'elsewhere' | 'expired' | 'person' | 'run' | 'used' }) =>
    ({
      altered: 'This button is not valid. Nothing was done.',
      key: 'This button is no longer valid, because the keys were changed. Nothing was done.',
      elsewhere: 'This button belongs to another conversation. Nothing was done.',
      expired: 'This button is too old. Nothing was done; ask again.',
      person: 'This button is for whoever asked. Nothing was done.',
      run: 'This button belongs to a run that is over. Nothing was done.',
      used: 'This button was used already. Nothing was done again.',
    })[p.why],
};

const zh: Translated<typeof en> = {
  labelApprove: () => '同意',
  labelApproveSession: () => '本次会话内同意',
  labelApproveAlways: () => '永久允许',
  labelDeny: () => '拒绝',
  labelCancel: () => '拒绝并停止',
  labelAnswer: () => '回答',
  labelNew: () => '新线程',
  labelStop: () => '停止',
  labelSteer: () => '插入',
  labelSteerText: () => '给当前任务的话',
  buttonRefused: (p) =>
    ({
      altered: '此按钮无效，未执行任何操作。',
      key: '密钥已更换，此按钮不再有效，未执行任何操作。',
      elsewhere: '此按钮属于另一个会话，未执行任何操作。',
      expired: '此按钮已过期，未执行任何操作；请重新发起。',
      person: '此按钮只供发起者使用，未执行任何操作。',
      run: '此按钮所属的任务已结束，未执行任何操作。',
      used: '此按钮已使用过，未重复执行。',
    })[p.why],
};

/** What stands on buttons, and why one did nothing. */
export const buttons = { en, zh };
