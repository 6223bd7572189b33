import type { Texts } from './en.ts';
import { fileName, megabytes } from './file-name.ts';

/** Everything the bridge says by itself, in Chinese. */
export const zh: Texts = {
  strangerRefused: (p) => `我只回应我的主人。如果你也需要使用，请把这个 ID 交给主人：\`${p.actor}\``,
  channelNeedsLogin: (p) =>
    `"${p.channel}" 的登录已失效，那里暂时收不到也发不出消息。请在电脑上运行：\`threadbridge login ${p.channel}\`。等待中的消息会保留。`,
  channelFailed: (p) => `"${p.channel}" 已停止，需要有人处理：${p.reason}`,
  claimRefused: () =>
    '代码未被接受：错误、已过期、已使用，或尝试次数过多。若有可用的代码，在电脑上运行 `threadbridge claim` 可以查看。',
  claimed: () => '**这个 Threadbridge 现在属于你。** 你在这里写的内容会发给 Codex；`/help` 列出其他命令。',
  groupRefused: (p) => `这个群尚未开放。主人可以在私聊中开放：\`/group approve ${p.group}\``,
  commandPrivate: (p) => `\`/${p.name}\` 只能在私聊中使用。`,
  commandRole: (p) => `\`/${p.name}\` 需要 ${p.role} 权限。`,
  secondPerson: (p) => `\`${p.code}\` 已有一人同意，还需要另一人。`,
  filesNotTaken: (p) => `\`/${p.name}\` 旁边的文件没有收下，请不带命令单独发送。`,
  changeOf: (p) => ({ add: '新增', update: '修改', delete: '删除' })[p.kind],
  filesMade: (p) =>
    p.count === 0
      ? `${p.blocked} 个文件不可发送：\`/artifacts\``
      : `${p.count} 个文件${p.blocked === 0 ? '' : `（另有 ${p.blocked} 个不可发送）`}：\`/artifacts\``,
  answerAsFile: (p) => `回答共 ${p.parts} 条。完整内容是一个文件：\`/sendfile ${p.id}\`。`,
  planNone: () => '该线程还没有计划。',
  diffNone: () => '该线程的上一轮没有以补丁修改文件。',
  artifactsNone: () => '这里还没有任务生成的文件。',
  artifactsTitle: () => '`/sendfile 编号` 发送一个文件，`/sendfile all` 发送全部可发送的文件：',
  artifactUnknown: () => '这里没有该编号的文件。`/artifacts` 可查看列表。',
  fileBlocked: (p) => `没有发送“${fileName(p.name)}”：${zh.fileBlockedBecause(p)}。`,
  fileBlockedBecause: (p) =>
    ({
      outside: '它不在工作目录内',
      notRegular: '它不是普通文件',
      linked: '它还有其他硬链接名称',
      size: '文件过大',
      empty: '文件是空的',
      name: '此类名称的文件可能含有机密',
      content: '内容中有疑似机密的信息',
      unreadable: '无法读取',
      changed: '检查之后文件已被改动',
      gone: '文件已不存在',
    })[p.reason],
  messageTooLong: (p) => `这条消息有 ${p.length} 个字符，最多接收 ${p.max} 个。没有转交给 Codex，请作为文件发送。`,
  fileRefused: (p) =>
    `没有收下“${fileName(p.name)}”：${
      {
        count: `一条消息最多 ${p.maxCount} 个文件。`,
        size: `单个文件最大 ${megabytes(p.maxFileBytes)}。`,
        total: `一条消息的文件合计最大 ${megabytes(p.maxTotalBytes)}。`,
        type: `不接收此类文件${p.mediaType === undefined ? '' : `（${p.mediaType}）`}。`,
        empty: '文件是空的。',
        late: '传输时间过长，请重新发送。',
        failed: '无法取得该文件，请重新发送。',
      }[p.reason]
    }`,
  waiting: (p) => `正在等待当前任务（排队 ${p.count} 条）。\`/steer 内容\` 插入当前任务，\`/stop\` 结束它。`,
  inLine: (p) =>
    `${p.for === 'thread' ? '另一个任务正在使用这个线程' : '可同时运行的任务已满'}。你的任务排在第 ${p.place} 位，轮到时自动开始；\`/stop\` 可退出排队。`,
  pendingFull: (p) => `正忙：这里已有 ${p.count} 条消息在等待，这一条没有接收，请稍后重发。\`/queue\` 查看，\`/stop all\` 丢弃。`,
  busy: (p) => `正忙：你的消息${named(p.words)}没有接收。${p.message}`,
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
  parkedReadyElsewhere: (p) => `用量上限已重置：“${p.title}”中等待的内容可以在那里继续。`,
  heldElsewhere: (p) => `“${p.title}”中的任务在等你：它的线程正在另一个程序中打开，请到那里选择如何继续。`,
  noWorkspace: () => '尚未设置工作区，消息没有发给 Codex。请在配置中设置 `workspaces.default` 后重新发送。',
  workspaceRefused: (p) => `消息没有发给 Codex。${p.reason}`,
  noAnswer: () => '（本轮结束，没有文字回复。）',
  stopped: (p) =>
    ({
      asked: '已停止。',
      idle: '已停止：太久没有任何动静。',
      wall: '已停止：达到运行时限。',
      shutdown: '已停止：Threadbridge 正在关闭。不会自动重试，请重新发送消息以继续。',
      codex: '本轮已被中断。',
    })[p.why],
  failed: (p) => `本轮失败：${p.message}`,
  parked: (p) =>
    `**已达到用量上限**${p.resets === undefined ? '' : `，将于 ${p.resets} 重置`}。${p.message}\n\n${p.count} 条消息已保留，不会自动重发。重置后我会告诉你；\`/queue resume\` 继续，\`/stop all\` 丢弃。`,
  parkedReady: (p) => `用量上限已重置。保留了 ${p.count} 条消息：\`/queue resume\` 继续，\`/stop all\` 丢弃。`,
  nothingParked: () => '没有保留的消息。',
  restoredRun: () => '网关的状态已从备份恢复，备份时这个任务正在运行。它的结果在线程中：`/refresh`。不会自动重复。',
  restored: (p) =>
    `网关的状态已从备份恢复。当时未完成的 ${p.messages} 条发给 Codex 的消息和 ${p.replies} 条给你的回复可能已经处理过，因此先保留：\`/queue\` 查看，\`/queue resume\` 继续，\`/stop all\` 丢弃。`,
  restoredCommand: (p) => `\`/${p.name}\` 是在网关状态从备份恢复之前发出的，可能已经执行过，因此没有再执行；如仍需要请重新发送。`,
  lostBeforeStart: (p) => `你的消息${named(p.words)}没有到达 Codex：${p.message} 修复后请重新发送。`,
  lostInTurn: (p) => `任务${named(p.words)}被切断：${p.message} 已完成的部分保留，不会自动重复。发送消息即可在同一线程继续。`,
  steered: (p) => `已插入当前任务${p.words === '' ? '' : '：'}${named(p.words)}。`,
  steerRefused: (p) => `你的消息${named(p.words)}无法插入当前任务（${p.reason}），已排到下一次运行。`,
  steerUnknown: (p) => `程序在那一刻停止，无法确定你插入的内容${named(p.words)}是否到达任务。`,
  steerNothing: (p) => `当前没有任务在运行，${named(p.words)}没有送出。不带 \`/steer\` 发送即可开始任务。`,
  nothingRuns: () => '当前没有运行中的任务。',
  alreadyStopping: () => '任务正在停止。',
  dropped: (p) => `${p.count} 条等待中的消息已丢弃，没有发给 Codex。`,
  recalledParked: () => '已撤回：不会再发送。',
  recalled: () => '已在发给 Codex 之前撤回。',
  deliveryUnknown: (p) => `有一条消息的发送被中断，无法确定是否送达。开头是：“${p.excerpt}”`,
  deliveryFailed: (p) => `有一条消息无法送达（${p.code}）。开头是：“${p.excerpt}”`,

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
  labelApprove: () => '同意',
  labelApproveSession: () => '本次会话内同意',
  labelApproveAlways: () => '永久允许',
  labelDeny: () => '拒绝',
  labelCancel: () => '拒绝并停止',
  approvalDone: (p) => `\`${p.code}\` 已由 ${p.by} ${p.decision}。`,
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
  approvalExpired: (p) => `\`${p.code}\` 超时无人回答，已拒绝。`,
  approvalClosed: (p) => `\`${p.code}\` 在有人回答之前已被 Codex 关闭。`,
  approvalNotOpen: () => '没有使用该代码的待处理请求：它已被回答、已关闭，或不是在这里提出的。',
  approvalUndelivered: (p) => `你的回答没有生效：${p.reason}`,
  approvalWhich: () => '请写出请求的代码：',
  approvalNoneOpen: () => '这里没有待处理的请求。',
  notOffered: (p) => `该请求不提供这个选项，可选：${p.offered}。`,
  elsewhereAsks: (p) => `任务“${p.title}”请求：`,
  elsewhereClosed: (p) => `\`${p.code}\` 已结束。${p.text}`,
  elsewhereEnded: (p) =>
    `任务“${p.title}”${{ completed: '已完成。', failed: '失败了。', interrupted: '已停止。', lost: '丢失了。' }[p.status] ?? '已结束。'}`,
  approvalAnswered: (p) => `\`${p.code}\` 已由 ${p.by} ${p.decision}。`,
  nobody: () => '超时',
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
  labelAnswer: () => '回答',
  statusGrant: (p) =>
    p.lasts === 'session'
      ? `此线程内已允许：${p.what}。对其他线程无效；\`/new\` 离开此线程，回到它时仍然有效，直到 Codex 关闭它。`
      : `已永久允许：${p.what}。规则保存在本机 Codex 中；在电脑上运行 \`threadbridge doctor\` 可列出并查看删除办法。`,
  labelNew: () => '新线程',
  labelStop: () => '停止',
  labelSteer: () => '插入',
  labelSteerText: () => '给当前任务的话',
  forGoodRefused: (p) => `永久允许只限所有者。\`/approve ${p.code}\` 仅允许这一次。`,
  notYours: () => '这个请求不由你来回答。',
  answerNeeded: () => '这个请求需要文字回答。',

  unknownCommand: (p) =>
    `没有命令 \`/${p.name}\`。${p.nearest === undefined ? '' : `你是想用 \`/${p.nearest}\` 吗？`}\`/help\` 列出全部命令。没有内容发给 Codex。`,
  usage: (p) => `用法：\`${p.usage}\``,
  helpTitle: () => '不是命令的内容都会发给 Codex。命令不消耗模型轮次：',
  newThread: () => '下一条消息将开启新线程。',
  newThreadWhileRunning: () => '当前任务继续；之后的消息将开启新线程。',
  threadsNone: () => 'Codex 还没有线程。',
  threadsTitle: () => '线程，最新在前。`/add 名称 ID` 起名（短 ID 即可），`/use 名称` 继续。',
  threadsFailed: (p) => `无法读取线程：${p.error}`,
  threadNotFound: (p) => `没有与 \`${p.thread}\` 匹配的线程。\`/threads\` 可列出。`,
  threadAmbiguous: (p) => `\`${p.thread}\` 匹配 ${p.count} 个线程，请多写几位。`,
  aliasAdded: (p) => `\`${p.name}\` 现在指向“${p.title}”，目录 \`${p.cwd}\`。\`/use ${p.name}\` 继续。`,
  aliasUnknown: (p) => `没有别名 \`${p.name}\`。\`/list\` 可查看。`,
  aliasBadName: () => '别名应为由字母、数字、`-`、`_` 组成的短词。',
  aliasUsed: (p) => `这里的消息现在进入 \`${p.name}\`（“${p.title}”），目录 \`${p.cwd}\`。`,
  answerFrom: (p) => `来自 \`${p.name}\` 的回答。`,
  aliasRefused: (p) => `\`${p.name}\` 不能在这里使用。${p.reason}`,
  aliasNone: () => '还没有别名。`/threads` 列出线程，`/add 名称 ID` 起名。',

  workspaceUsed: (p) => `这里的任务现在在 \`${p.path}\` 中运行。`,
  workspaceNotUsed: (p) => `工作区没有改变。${p.reason}`,
  workspaceUnknown: (p) => `没有名为 \`${p.name}\` 的工作区。`,
  onOff: (p) => (p.isOn ? '开启' : '关闭'),
  yesNo: (p) => (p.isYes ? '是' : '否'),
  notSet: () => '未设置',
  choiceOfCodex: () => '由 Codex 决定',
  duringRun: (p) => ({ queue: '等待下一次任务', steer: '插入当前任务' })[p.mode],
  approvalRules: (p) => `${p.expires} 无人回答则拒绝；同意需要${p.persons === 1 ? '一人' : '两人'}`,
  settingUnknown: (p) => `\`${p.name}\` 不能在这里设置。可设置的有：${p.known}。\`/config\` 查看全部。`,
  workspacesNone: () => '没有已命名的工作区，可在配置的 `workspaces` 中命名。',
  whoami: (p) => `你是 \`${p.actor}\`，角色 ${p.role}。这里是 \`${p.scope}\`。`,
  invited: (p) => `\`${p.actor}\` 现在的角色是 ${p.role}。`,
  uninvited: (p) => `已收回对 \`${p.actor}\` 的邀请。`,
  notInvited: (p) => `\`${p.actor}\` 不是通过命令邀请的。已邀请：`,
  groupLine: (p) => `- \`${p.group}\` ${p.status}，${p.access}`,
  groupsNone: () => '还没有处理过任何群。有人在群里对我说话时会显示群的 ID。',
  groupReset: (p) => `\`${p.group}\` 已恢复为未处理：关闭。`,
  aliasRemoved: (p) => `已删除名称 \`${p.name}\`，线程保留。`,
  heldReplies: (p) => `因平台限制暂存的回复：${p.count}`,
  moreWaits: (p) => `（还有 ${p.count} 条等待：你写一条消息后平台才允许我继续发送。）`,

  askFailed: (p) => `无法完成。${p.message}`,
  askUnknown: () => '执行过程中程序停止了，不确定是否已完成；不会自动重复。',
  noThread: () => '这里还没有线程，下一条消息会开启一个。',
  waitForRun: () => '任务正在运行，请等待结束或使用 `/stop`。',
  renamed: (p) => `当前线程已改名为“${p.title}”。`,
  forked: (p) => `下一条消息将进入线程的副本 \`${p.thread}\`，原线程保持不变。`,
  archived: (p) => `\`${p.thread}\` 已归档，下一条消息将开启新线程。`,
  compacted: () => '线程已压缩。',
  modelSet: (p) => `这里的任务现在使用 \`${p.model}\`。`,
  modelUnknown: (p) => `没有模型 \`${p.model}\`。可用的有：`,
  limitLine: (p) =>
    `- ${p.name === '' ? '用量' : p.name}：已用 ${Math.round(p.percent)} %${p.resets === undefined ? '' : `，${p.resets} 重置`}`,
  limitsNone: () => '当前登录没有用量限制信息。',
  hostFinding: (p) =>
    `- ${{ ok: '✅', warn: '⚠️', fail: '❌', unknown: '❔' }[p.state] ?? ''} ${p.name}：${p.text}${p.remedy === undefined ? '' : ` ${p.remedy}`}`,
  hostProcess: (p) => `- ${p.name}，进程 ${p.pid}${p.minutes === undefined ? '' : `，已运行 ${p.minutes} 分钟`}`,
  hostDone: (p) =>
    ({
      doctor: '没有内容。',
      ps: '没有内容。',
      reconnect: p.names === '' ? '没有可连接的平台。' : `正在重新连接：${p.names}。`,
      reload: p.names === '' ? '配置没有变化。' : `已重新读取。变更：${p.names}。`,
      exit: '网关即将结束，请在电脑上重新启动。',
    })[p.what],
  moved: (p) => `上次查看之后，该线程在别处有了新进展（${p.count} 轮）。你的内容将接在其后：`,
  movedWaits: (p) =>
    `上次查看之后，该线程在别处有了新进展（${p.count} 轮），你的内容先等待。\`/refresh\` 查看并发送，\`/new\` 发送到新线程，\`/stop\` 放弃。`,
  waitingMoved: () => '等待中：该线程在别处有了新进展。`/refresh` 查看并发送等待的内容，`/stop` 放弃。',
  stepRan: (p) => `运行了 \`${p.command}\`${p.exitCode === 0 ? '' : `（退出码 ${p.exitCode}）`}`,
  stepChanged: (p) => `修改了 \`${p.path}\``,
  stepUsed: (p) => `使用了 \`${p.tool}\``,
  stepsOmitted: (p) => `此前还有 ${p.count} 步`,
  verbosity: (p) => (p.mode === 'verbose' ? '运行中告知' : '不告知，只给出回答'),
  refreshNothing: () => '这个线程没有新的进展。',
  refreshCut: (p) => `最近 ${p.count} 轮；之前还有更多。`,
  threadUsed: (p) => `这里的消息现在进入“${p.title}”，目录 \`${p.cwd}\`。`,
  threadRefused: (p) => `无法在这里使用该线程。${p.reason}`,

  statusPhase: (p) =>
    ({
      idle: '**空闲。**',
      fetching: '**即将开始**（文件仍在传输）。',
      collecting: '**即将开始**（等你输入完）。',
      preparing: '**即将开始。**',
      held: '**等待线程。**',
      running: `**运行中**，已 ${p.minutes} 分钟。`,
      waiting: `**等待你的回答**，已运行 ${p.minutes} 分钟。`,
    })[p.phase],
  statusLine: (p) => `**排队中**，第 ${p.place} 位（${p.for === 'thread' ? '等待同一线程的其他任务' : '等待空位'}）。`,
  statusParked: (p) =>
    p.status === 'restored'
      ? `恢复备份之前的 ${p.count} 条消息已保留：\`/queue resume\``
      : p.status === 'offered'
        ? `用量上限已重置。保留了 ${p.count} 条消息：\`/queue resume\``
        : `**已达到用量上限**${p.resets === undefined ? '' : `，将于 ${p.resets} 重置`}。保留了 ${p.count} 条消息：\`/queue resume\` 立即尝试`,
  statusThread: (p) =>
    `线程：${p.thread === undefined ? '下一条消息开启新线程' : `\`${p.thread}\``}${p.alias === undefined ? '' : `（别名 \`${p.alias}\`）`}`,
  statusAlias: (p) =>
    `**“${p.title}”**${p.isUsed ? '，此处正在使用' : ''}。${p.isRunning ? '此处有任务正在其中运行。' : '此处没有任务在其中运行。'}用 \`/refresh\` 加名称可查看别处的进展。`,
  statusWorkspace: (p) => `工作区：${p.path === undefined ? '未设置' : `\`${p.path}\``}`,
  statusAccess: (p) => `权限：${p.access}，网络${p.network ? '开启' : '关闭'}，离开沙箱前会询问`,
  runLimits: (p) => `任务最长运行 ${p.wall}，${p.idle} 无动静则结束`,
  timeoutTooLong: (p) => `按配置最多 ${p.most}。`,
  followOn: () => '这个线程在别处的轮次结束后我会告知。`/follow off` 结束。',
  followOff: () => '不再告知别处的进展；`/refresh` 可查看。',
  statusQueue: (p) => `等待中的消息：${p.count}`,
  statusApproval: (p) => `待处理请求 \`${p.code}\`：${p.what}`,
};

/** Of which words it is said; some messages have none. */
function named(words: string): string {
  return words === '' ? '' : `“${words}”`;
}
