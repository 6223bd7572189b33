import type { Translated } from '../translated.ts';

const en = {
  askCommand: (p: { readonly command: string; readonly cwd?: string }) =>
    `**Codex asks to run**\n\n${p.command}${p.cwd === undefined ? '' : `\n\nin \`${p.cwd}\``}`,
  askNetwork: (p: { readonly host: string }) => `It wants the network: \`${p.host}\`.`,
  askFiles: (p: { readonly count: number }) => `**Codex asks to change ${p.count === 1 ? 'a file' : `${p.count} files`}**`,
  askPermissions: () => '**Codex asks for more permissions**',
  askInput: () => '**Codex asks you**',
  askElicitation: (p: { readonly server: string }) => `**The tool server \`${p.server}\` asks**`,
  askTool: (p: { readonly tool: string }) => `**Codex calls the tool \`${p.tool}\`**`,
  reason: () => 'Reason, in the words of Codex:',
  askedBy: (p: { readonly run: string; readonly names: string }) => `Run ${p.run}, asked for by ${p.names}.`,
  risk: (p: { readonly risk: 'unsandboxed' | 'outside' | 'network' | 'deletes' | 'hidden' }) =>
    ({
      unsandboxed: 'Risk: once approved it may run outside the sandbox.',
      outside: 'Risk: it reaches outside the workspace.',
      network: 'Risk: it reaches the network.',
      deletes: 'Risk: it deletes files.',
      hidden: 'Risk: it holds hidden characters, shown as ⟨U+…⟩.',
    })[p.risk],
  sandboxLine: (p: { readonly access: string; readonly network: boolean }) =>
    `Sandbox: ${p.access}, network ${p.network ? 'on' : 'off'}.`,
  howToApprove: (p: { readonly code: string }) => `\`/approve ${p.code}\` yes · \`/deny ${p.code}\` no`,
  howToApproveSession: (p: { readonly code: string }) => `\`/approve ${p.code} session\` yes, and the same again in this session`,
  howToApproveAlways: (p: { readonly code: string; readonly rule: string }) =>
    `\`/approve ${p.code} always\` yes, and for good: ${p.rule}`,
  howToAnswer: (p: { readonly code: string }) => `\`/answer ${p.code} YOUR WORDS\` · \`/deny ${p.code}\` refuse`,
  secondPerson: (p: { readonly code: string }) => `One yes for \`${p.code}\`. It needs a second person.`,
  /** `by` absent: whoever reads it. */
  approvalDone: (p: { readonly code: string; readonly decision: string; readonly by: string | undefined }) =>
    `\`${p.code}\` ${p.decision} by ${p.by ?? 'you'}.`,
  approvalAnswered: (p: { readonly code: string; readonly decision: string; readonly by: string | undefined }) =>
    `\`${p.code}\` was already ${p.decision} by ${p.by ?? 'you'}.`,
  decisions: (p: { readonly decision: string }) =>
    (
      ({
        accept: 'approved',
        acceptForSession: 'approved for this session',
        acceptAlways: 'approved for good',
        decline: 'denied',
        cancel: 'denied and the run ended',
        answered: 'answered',
      }) as Readonly<Record<string, string>>
    )[p.decision] ?? p.decision,
  nobody: () => 'the clock',
  approvalExpired: (p: { readonly code: string }) => `Nobody answered \`${p.code}\` in time, so it was denied.`,
  approvalClosed: (p: { readonly code: string }) => `\`${p.code}\` was closed by Codex before anyone answered.`,
  approvalNotOpen: () => 'No open request has this code. It was answered, closed, or never asked here.',
  approvalUndelivered: (p: { readonly reason: string }) => `Your answer was not used: ${p.reason}`,
  approvalWhich: () => 'Name the code of the request:',
  approvalNoneOpen: () => 'No request is open here.',
  notOffered: (p: { readonly offered: string }) => `This request does not offer that. It offers: ${p.offered}.`,
  forGoodRefused: (p: { readonly code: string }) =>
    `Allowing something for good is for owners. \`/approve ${p.code}\` allows it this once.`,
  notYours: () => 'This request is not yours to answer.',
  answerNeeded: () => 'This request wants words.',
  statusApproval: (p: { readonly code: string; readonly what: string }) => `Open request \`${p.code}\`: ${p.what}`,
  statusGrant: (p: { readonly what: string; readonly lasts: 'session' | 'always'; readonly profileFlag: string }) =>
    p.lasts === 'session'
      ? `Allowed in this thread: ${p.what}. It does not count in others; \`/new\` leaves the thread, and whoever goes back to it has it again until Codex closes it.`
      : `Allowed for good: ${p.what}. It stands in the rules of Codex on this computer; \`threadbridge doctor${p.profileFlag}\` there lists them and says how to take one out.`,
};

const zh: Translated<typeof en> = {
  askCommand: (p) => `**Codex 请求运行**\n\n${p.command}${p.cwd === undefined ? '' : `\n\n目录 \`${p.cwd}\``}`,
  askNetwork: (p) => `需要访问网络：\`${p.host}\`。`,
  askFiles: (p) => `**Codex 请求修改 ${p.count} 个文件**`,
  askPermissions: () => '**Codex 请求更多权限**',
  askInput: () => '**Codex 问你**',
  askElicitation: (p) => `**工具服务 \`${p.server}\` 提问**`,
  askTool: (p) => `**Codex 调用工具 \`${p.tool}\`**`,
  reason: () => '理由（Codex 原话）：',
  askedBy: (p) => `任务 ${p.run}，发起人：${p.names}。`,
  risk: (p) =>
    ({
      unsandboxed: '风险：同意后可能在沙箱之外运行。',
      outside: '风险：涉及工作区之外。',
      network: '风险：会访问网络。',
      deletes: '风险：会删除文件。',
      hidden: '风险：含有隐藏字符，已显示为 ⟨U+…⟩。',
    })[p.risk],
  sandboxLine: (p) => `沙箱：${p.access}，网络${p.network ? '开启' : '关闭'}。`,
  howToApprove: (p) => `\`/approve ${p.code}\` 同意 · \`/deny ${p.code}\` 拒绝`,
  howToApproveSession: (p) => `\`/approve ${p.code} session\` 同意，本次会话内相同请求不再询问`,
  howToApproveAlways: (p) => `\`/approve ${p.code} always\` 永久允许：${p.rule}`,
  howToAnswer: (p) => `\`/answer ${p.code} 你的回答\` · \`/deny ${p.code}\` 拒绝`,
  secondPerson: (p) => `\`${p.code}\` 已有一人同意，还需要另一人。`,
  approvalDone: (p) => `\`${p.code}\` 已由${p.by === undefined ? '你' : ` ${p.by} `}${p.decision}。`,
  approvalAnswered: (p) => `\`${p.code}\` 此前已由${p.by === undefined ? '你' : ` ${p.by} `}${p.decision}。`,
  decisions: (p) =>
    (
      ({
        accept: '同意',
        acceptForSession: '同意（本次会话）',
        acceptAlways: '永久允许',
        decline: '拒绝',
        cancel: '拒绝并结束任务',
        answered: '回答',
      }) as Readonly<Record<string, string>>
    )[p.decision] ?? p.decision,
  nobody: () => '超时',
  approvalExpired: (p) => `\`${p.code}\` 超时无人回答，已拒绝。`,
  approvalClosed: (p) => `\`${p.code}\` 在有人回答之前已被 Codex 关闭。`,
  approvalNotOpen: () => '没有使用该代码的待处理请求：它已被回答、已关闭，或不是在这里提出的。',
  approvalUndelivered: (p) => `你的回答没有生效：${p.reason}`,
  approvalWhich: () => '请写出请求的代码：',
  approvalNoneOpen: () => '这里没有待处理的请求。',
  notOffered: (p) => `该请求不提供这个选项，可选：${p.offered}。`,
  forGoodRefused: (p) => `永久允许只限所有者。\`/approve ${p.code}\` 仅允许这一次。`,
  notYours: () => '这个请求不由你来回答。',
  answerNeeded: () => '这个请求需要文字回答。',
  statusApproval: (p) => `待处理请求 \`${p.code}\`：${p.what}`,
  statusGrant: (p) =>
    p.lasts === 'session'
      ? `此线程内已允许：${p.what}。对其他线程无效；\`/new\` 离开此线程，回到它时仍然有效，直到 Codex 关闭它。`
      : `已永久允许：${p.what}。规则保存在本机 Codex 中；在电脑上运行 \`threadbridge doctor${p.profileFlag}\` 可列出并查看删除办法。`,
};

/** What Codex asks of people, and what became of it. */
export const approvals = { en, zh };
