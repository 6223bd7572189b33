type Reason = 'changed' | 'missing' | 'unaccounted';

const partsEn: Readonly<Record<string, string>> = {
  versions: 'versions of programs',
  findings: 'findings of doctor',
  settings: 'settings with where they come from',
  store: 'figures of the store',
  log: 'lines of the log',
};
const partsZh: Readonly<Record<string, string>> = {
  versions: '个程序版本',
  findings: '条检查结果',
  settings: '项设置及其来源',
  store: '项存储数据',
  log: '行日志',
};

const en = {
  doctorSummary: 'check what works on this computer',
  bundle:
    'also write a report for a bug, without words of people, secrets or names (default: threadbridge-report-TIME.json here)',
  bundleHolds: 'The report holds:',
  bundleParts: (p: { readonly name: string; readonly count: number }) => `${p.name}: ${p.count} ${partsEn[p.name] ?? 'entries'}`,
  bundleWithout: 'Not in it: words of people, secrets, ids of people and chats, your name, and where your directories are.',
  bundleWritten: (file: string) => `Written: ${file}. Read it before you send it.`,
  bundleTaken: (file: string) => `There is something at ${file} already; no report was written.`,
  bundleTakenRemedy: 'Choose another name.',
  threadsSummary: 'list Codex threads',
  threadsLimit: 'how many, newest first',
  threadsCwd: 'only threads of this working directory',
  threadsSearch: 'only threads with this text',
  threadsArchived: 'archived threads instead',
  threadsNone: 'No threads.',
  apiSummary: 'offer Codex to programs on this computer, as the openai SDK wants it',
  apiServe: 'listen until interrupted; the gateway is not needed',
  apiHost: 'instead of nativeApi.host',
  apiPort: 'instead of nativeApi.port; 0 takes a free one',
  apiToken: (address: string) => `${address}  (its token: threadbridge status --show-tokens)`,
  replaySummary: 'show why something happened: decide about recorded inputs once more',
  replayScope: 'only this conversation, as `--json` names it',
  replayLines: 'how many, the newest',
  replayNothing: 'Nothing that came in is remembered.',
  policySummary: 'say what policy decides, and why',
  policyExplain: 'Print what would be decided about a message, a command and a run, with each rule that made it so.',
  policyChannel: 'the key of the channel in the configuration',
  policyUser: 'who writes, in the id of the platform',
  policyChat: 'where, in the id of the platform (default: the private chat)',
  policyGroup: 'the chat is a group',
  policyCommand: 'a chat command instead of a message',
  because: (rule: string) => `  because ${rule}`,
  auditSummary: 'verify or export the audit log',
  auditNativeApi: 'the log of `threadbridge native-api serve`, which keeps its own',
  auditVerify: 'Say whether the log is whole: nothing changed, nothing left out.',
  auditExport: 'Print the log, one JSON object a line, oldest first.',
  auditWhole: (p: { readonly count: number; readonly hash: string }) =>
    `The audit log is whole: ${p.count} records, last hash ${p.hash}.`,
  auditBroken: (p: { readonly at: number; readonly reason: Reason }) =>
    `The audit log is not whole: record ${p.at} is ${p.reason}. Keep a copy of the store before anything else.`,
};

const reasonsZh: Readonly<Record<Reason, string>> = { changed: '被改动', missing: '缺失', unaccounted: '来历不明' };

const zh: typeof en = {
  doctorSummary: '检查本机上哪些可用',
  bundle: '同时写出一份用于报告问题的文件，不含人们写的内容、密钥和姓名（默认：当前目录的 threadbridge-report-时间.json）',
  bundleHolds: '报告包含：',
  bundleParts: (p) => `${p.name}：${p.count} ${partsZh[p.name] ?? '项'}`,
  bundleWithout: '不含：人们写的内容、密钥、人和聊天的 ID、你的姓名、目录的位置。',
  bundleWritten: (file) => `已写入：${file}。发送前请先阅读。`,
  bundleTaken: (file) => `${file} 已存在，没有写报告。`,
  bundleTakenRemedy: '请换一个名称。',
  threadsSummary: '列出 Codex 线程',
  threadsLimit: '多少个，最新在前',
  threadsCwd: '只列出此工作目录的线程',
  threadsSearch: '只列出含有此文字的线程',
  threadsArchived: '改为列出已归档的线程',
  threadsNone: '没有线程。',
  apiSummary: '把 Codex 提供给本机程序，符合 openai SDK 的接口',
  apiServe: '监听直到中断；不需要网关',
  apiHost: '代替 nativeApi.host',
  apiPort: '代替 nativeApi.port；0 表示任取一个空闲端口',
  apiToken: (address) => `${address}  （令牌：threadbridge status --show-tokens）`,
  replaySummary: '说明某事为何发生：对记录的输入重新决定一遍',
  replayScope: '只看此对话，名称见 `--json`',
  replayLines: '多少行，取最新',
  replayNothing: '没有记住任何输入。',
  policySummary: '说明策略如何决定，以及原因',
  policyExplain: '显示对一条消息、一个命令和一次任务会如何决定，以及起作用的每条规则。',
  policyChannel: '通道在配置中的名称',
  policyUser: '写消息的人，平台的 ID',
  policyChat: '所在聊天，平台的 ID（默认：私聊）',
  policyGroup: '该聊天是群',
  policyCommand: '聊天命令，代替普通消息',
  because: (rule) => `  因为 ${rule}`,
  auditSummary: '校验或导出审计日志',
  auditNativeApi: '`threadbridge native-api serve` 单独保存的日志',
  auditVerify: '检查日志是否完整：没有改动，没有缺失。',
  auditExport: '输出日志，每行一个 JSON 对象，最旧在前。',
  auditWhole: (p) => `审计日志完整：${p.count} 条记录，最后的哈希 ${p.hash}。`,
  auditBroken: (p) => `审计日志不完整：第 ${p.at} 条记录${reasonsZh[p.reason]}。请先保留存储的副本，再做其他操作。`,
};

/** Commands that look and change nothing: `doctor`, `threads`, `native-api`, `policy`, `audit`. */
export const inspect = { en, zh };
