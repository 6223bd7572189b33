import type { Translated } from '../translated.ts';

const en = {
  workspaceUsed: (p: { readonly path: string }) => `Runs here now work in \`${p.path}\`.`,
  workspaceNotUsed: (p: { readonly reason: string }) => `The workspace stays as it was. ${p.reason}`,
  workspaceUnknown: (p: { readonly name: string }) => `There is no workspace named \`${p.name}\`.`,
  workspacesNone: () => 'No workspaces are named. `workspaces` in the configuration names them.',
  modelSet: (p: { readonly model: string }) => `Runs here now use \`${p.model}\`.`,
  modelUnknown: (p: { readonly model: string }) => `There is no model \`${p.model}\`. There are:`,
  settingUnknown: (p: { readonly name: string; readonly known: string }) =>
    `\`${p.name}\` cannot be set here. What can: ${p.known}. \`/config\` shows everything.`,
  runLimits: (p: { readonly wall: string; readonly idle: string }) =>
    `Runs here end after ${p.wall}, or after ${p.idle} without a sign of life`,
  timeoutTooLong: (p: { readonly most: string }) => `At most ${p.most}, as the profile says.`,
  onOff: (p: { readonly isOn: boolean }) => (p.isOn ? 'on' : 'off'),
  yesNo: (p: { readonly isYes: boolean }) => (p.isYes ? 'yes' : 'no'),
  notSet: () => 'not set',
  choiceOfCodex: () => "Codex's own choice",
  duringRun: (p: { readonly mode: 'queue' | 'steer' }) =>
    ({ queue: 'they wait for the next run', steer: 'they are put into the run' })[p.mode],
  approvalRules: (p: { readonly expires: string; readonly persons: number }) =>
    `denied after ${p.expires} without an answer; a yes needs ${p.persons === 1 ? 'one person' : 'two people'}`,
  verbosity: (p: { readonly mode: 'quiet' | 'verbose' }) =>
    p.mode === 'verbose' ? 'told while it goes on' : 'not told, only the answer',
  statusWorkspace: (p: { readonly path?: string }) => `Workspace: ${p.path === undefined ? 'not set' : `\`${p.path}\``}`,
  statusAccess: (p: { readonly access: string; readonly network: boolean }) =>
    `Access: ${p.access}, network ${p.network ? 'on' : 'off'}, Codex asks before it leaves the sandbox`,
};

const zh: Translated<typeof en> = {
  workspaceUsed: (p) => `这里的任务现在在 \`${p.path}\` 中运行。`,
  workspaceNotUsed: (p) => `工作区没有改变。${p.reason}`,
  workspaceUnknown: (p) => `没有名为 \`${p.name}\` 的工作区。`,
  workspacesNone: () => '没有已命名的工作区，可在配置的 `workspaces` 中命名。',
  modelSet: (p) => `这里的任务现在使用 \`${p.model}\`。`,
  modelUnknown: (p) => `没有模型 \`${p.model}\`。可用的有：`,
  settingUnknown: (p) => `\`${p.name}\` 不能在这里设置。可设置的有：${p.known}。\`/config\` 查看全部。`,
  runLimits: (p) => `任务最长运行 ${p.wall}，${p.idle} 无动静则结束`,
  timeoutTooLong: (p) => `按配置最多 ${p.most}。`,
  onOff: (p) => (p.isOn ? '开启' : '关闭'),
  yesNo: (p) => (p.isYes ? '是' : '否'),
  notSet: () => '未设置',
  choiceOfCodex: () => '由 Codex 决定',
  duringRun: (p) => ({ queue: '等待下一次任务', steer: '插入当前任务' })[p.mode],
  approvalRules: (p) => `${p.expires} 无人回答则拒绝；同意需要${p.persons === 1 ? '一人' : '两人'}`,
  verbosity: (p) => (p.mode === 'verbose' ? '运行中告知' : '不告知，只给出回答'),
  statusWorkspace: (p) => `工作区：${p.path === undefined ? '未设置' : `\`${p.path}\``}`,
  statusAccess: (p) => `权限：${p.access}，网络${p.network ? '开启' : '关闭'}，离开沙箱前会询问`,
};

/** What is set for a conversation. */
export const settings = { en, zh };
