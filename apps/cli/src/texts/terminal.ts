const lines = (count: number) => `${count} line${count === 1 ? '' : 's'}`;
const statesZh: Readonly<Record<string, string>> = {
  inProgress: '未完成',
  completed: '完成',
  failed: '失败',
  declined: '已拒绝',
};

const en = {
  stopping: 'Stopping the run; press Ctrl-C again to leave.',
  sent: 'sent',
  working: 'working',
  inLine: (place: number) => (place === 1 ? 'in line, next' : `in line, number ${place}`),
  yesOrNo: ': y or n, or with the code',
  waiting: 'waiting for your answer',
  running: (command: string) => `running ${command}`,
  changing: 'changing files',
  calling: (tool: string) => `calling ${tool}`,
  writing: 'writing',
  plan: 'Plan',
  restarted: '(restarted)',
  failed: 'The run failed.',
  stopped: 'Stopped.',
  file: (p: { readonly name: string; readonly sizeBytes: number }) => `file ${p.name} (${p.sizeBytes} bytes) `,
  tool: (name: string) => `tool ${name}`,
  searched: (query: string) => `searched the web for “${query}”`,
  /** How a step ended that did not complete. */
  state: (status: string) => (status === 'inProgress' ? 'not finished' : status),
  exit: (code: number) => `exit ${code}`,
  moreLines: (count: number) => `… ${count} more line${count === 1 ? '' : 's'}`,
  andLines: (count: number) => `… (+${lines(count)})`,
  notChanged: (p: { readonly state: string; readonly target: string }) => `not changed (${p.state}): ${p.target}`,
  changed: { add: 'added', delete: 'deleted', update: 'changed', move: 'moved' },
};

const zh: typeof en = {
  stopping: '正在停止任务；再按一次 Ctrl-C 退出。',
  sent: '已发送',
  working: '工作中',
  inLine: (place) => `排队中，第 ${place} 位`,
  yesOrNo: '：输入 y 或 n，或使用代码',
  waiting: '等待你的回答',
  running: (command) => `正在运行 ${command}`,
  changing: '正在修改文件',
  calling: (tool) => `正在调用 ${tool}`,
  writing: '正在写',
  plan: '计划',
  restarted: '（重新开始）',
  failed: '任务失败。',
  stopped: '已停止。',
  file: (p) => `文件 ${p.name}（${p.sizeBytes} 字节） `,
  tool: (name) => `工具 ${name}`,
  searched: (query) => `搜索了网页“${query}”`,
  state: (status) => statesZh[status] ?? status,
  exit: (code) => `退出码 ${code}`,
  moreLines: (count) => `… 还有 ${count} 行`,
  andLines: (count) => `…（另有 ${count} 行）`,
  notChanged: (p) => `没有修改（${p.state}）：${p.target}`,
  changed: { add: '新增', delete: '删除', update: '修改', move: '移动' },
};

/** The chat in the terminal, beside what is said in it. */
export const terminal = { en, zh };
