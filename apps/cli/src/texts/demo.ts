const en = {
  summary: 'try it: no account, no network',
  tour: 'a guided tour that runs by itself (default without a terminal)',
  once: 'send one message, print what comes of it, and end',
  approve: 'with --once: say yes to what Codex asks (default: no)',
  keep: 'use this directory and leave it; run again to go on',
};

const zh: typeof en = {
  summary: '试用：不需要账号，不需要网络',
  tour: '自动进行的导览（没有终端时为默认）',
  once: '发送一条消息，显示结果，然后结束',
  approve: '与 --once 合用：同意 Codex 的请求（默认：拒绝）',
  keep: '使用并保留此目录；再次运行可继续',
};

/** `demo`. */
export const demo = { en, zh };
