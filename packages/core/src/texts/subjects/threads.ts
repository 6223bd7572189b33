import type { Translated } from '../translated.ts';

const en = {
  newThread: () => 'The next message starts a new thread.',
  newThreadWhileRunning: () => 'The run in progress goes on; the message after it starts a new thread.',
  noThread: () => 'There is no thread here yet; the next message starts one.',
  threadsNone: () => 'Codex has no threads here yet.',
  threadsTitle: () =>
    'Threads, newest first. `/add NAME ID` gives one a name (the short id is enough), `/use NAME` goes on in it.',
  threadsFailed: (p: { readonly error: string }) => `The threads could not be read: ${p.error}`,
  threadNotFound: (p: { readonly thread: string }) => `No thread matches \`${p.thread}\`. \`/threads\` lists them.`,
  threadAmbiguous: (p: { readonly thread: string; readonly count: number }) =>
    `\`${p.thread}\` matches ${p.count} threads; give more of the id.`,
  threadUsed: (p: { readonly title: string; readonly cwd: string }) =>
    `Messages here now go on in “${p.title}”, in \`${p.cwd}\`.`,
  threadRefused: (p: { readonly reason: string }) => `That thread cannot be used here. ${p.reason}`,
  aliasAdded: (p: { readonly name: string; readonly title: string; readonly cwd: string }) =>
    `\`${p.name}\` is now “${p.title}” in \`${p.cwd}\`. \`/use ${p.name}\` goes on in it.`,
  aliasUnknown: (p: { readonly name: string }) => `There is no alias \`${p.name}\`. \`/list\` shows them.`,
  aliasBadName: () => 'An alias is a short word of letters, digits, `-` and `_`.',
  aliasUsed: (p: { readonly name: string; readonly title: string; readonly cwd: string }) =>
    `Messages here now go on in \`${p.name}\` (“${p.title}”), in \`${p.cwd}\`.`,
  aliasRefused: (p: { readonly name: string; readonly reason: string }) => `\`${p.name}\` cannot be used here. ${p.reason}`,
  aliasRemoved: (p: { readonly name: string }) => `\`${p.name}\` is forgotten. The thread stays where it is.`,
  aliasNone: () => 'No aliases yet. `/threads` lists threads, `/add NAME ID` names one.',
  answerFrom: (p: { readonly name: string }) => `Answer from \`${p.name}\`.`,
  renamed: (p: { readonly title: string }) => `This thread is now called “${p.title}”.`,
  forked: (p: { readonly thread: string }) =>
    `The next message goes to a copy of the thread, \`${p.thread}\`. The old one stays as it is.`,
  archived: (p: { readonly thread: string }) => `\`${p.thread}\` is put away. The next message starts a new thread.`,
  compacted: () => 'The thread is summed up.',
  moved: (p: { readonly count: number }) =>
    `This thread went on elsewhere since I last saw it (${p.count === 1 ? 'one turn' : `${p.count} turns`}). Your words go in after that:`,
  movedWaits: (p: { readonly count: number }) =>
    `This thread went on elsewhere since I last saw it (${p.count === 1 ? 'one turn' : `${p.count} turns`}), so your words wait. \`/refresh\` shows that and sends them, \`/new\` sends them to a new thread, \`/stop\` drops them.`,
  waitingMoved: () => 'Waiting: the thread went on elsewhere. `/refresh` shows that and sends what waits, `/stop` drops it.',
  refreshNothing: () => 'Nothing new happened in this thread.',
  refreshCut: (p: { readonly count: number }) => `The last ${p.count} turns; there were more before them.`,
  followOn: () => 'I tell what happens in this thread elsewhere, when it is over. `/follow off` ends that.',
  followOff: () => 'I tell no more of what happens elsewhere; `/refresh` shows it.',
  statusThread: (p: { readonly thread?: string; readonly alias?: string }) =>
    `Thread: ${p.thread === undefined ? 'a new one with the next message' : `\`${p.thread}\``}${p.alias === undefined ? '' : ` (alias \`${p.alias}\`)`}`,
  statusAlias: (p: { readonly title: string; readonly isRunning: boolean; readonly isUsed: boolean }) =>
    `**“${p.title}”**${p.isUsed ? ', in use here' : ''}. ${p.isRunning ? 'A run goes on in it here.' : 'No run goes on in it here.'} \`/refresh\` with the name tells what happened elsewhere.`,
};

const zh: Translated<typeof en> = {
  newThread: () => '下一条消息将开启新线程。',
  newThreadWhileRunning: () => '当前任务继续；之后的消息将开启新线程。',
  noThread: () => '这里还没有线程，下一条消息会开启一个。',
  threadsNone: () => 'Codex 还没有线程。',
  threadsTitle: () => '线程，最新在前。`/add 名称 ID` 起名（短 ID 即可），`/use 名称` 继续。',
  threadsFailed: (p) => `无法读取线程：${p.error}`,
  threadNotFound: (p) => `没有与 \`${p.thread}\` 匹配的线程。\`/threads\` 可列出。`,
  threadAmbiguous: (p) => `\`${p.thread}\` 匹配 ${p.count} 个线程，请多写几位。`,
  threadUsed: (p) => `这里的消息现在进入“${p.title}”，目录 \`${p.cwd}\`。`,
  threadRefused: (p) => `无法在这里使用该线程。${p.reason}`,
  aliasAdded: (p) => `\`${p.name}\` 现在指向“${p.title}”，目录 \`${p.cwd}\`。\`/use ${p.name}\` 继续。`,
  aliasUnknown: (p) => `没有别名 \`${p.name}\`。\`/list\` 可查看。`,
  aliasBadName: () => '别名应为由字母、数字、`-`、`_` 组成的短词。',
  aliasUsed: (p) => `这里的消息现在进入 \`${p.name}\`（“${p.title}”），目录 \`${p.cwd}\`。`,
  aliasRefused: (p) => `\`${p.name}\` 不能在这里使用。${p.reason}`,
  aliasRemoved: (p) => `已删除名称 \`${p.name}\`，线程保留。`,
  aliasNone: () => '还没有别名。`/threads` 列出线程，`/add 名称 ID` 起名。',
  answerFrom: (p) => `来自 \`${p.name}\` 的回答。`,
  renamed: (p) => `当前线程已改名为“${p.title}”。`,
  forked: (p) => `下一条消息将进入线程的副本 \`${p.thread}\`，原线程保持不变。`,
  archived: (p) => `\`${p.thread}\` 已归档，下一条消息将开启新线程。`,
  compacted: () => '线程已压缩。',
  moved: (p) => `上次查看之后，该线程在别处有了新进展（${p.count} 轮）。你的内容将接在其后：`,
  movedWaits: (p) =>
    `上次查看之后，该线程在别处有了新进展（${p.count} 轮），你的内容先等待。\`/refresh\` 查看并发送，\`/new\` 发送到新线程，\`/stop\` 放弃。`,
  waitingMoved: () => '等待中：该线程在别处有了新进展。`/refresh` 查看并发送等待的内容，`/stop` 放弃。',
  refreshNothing: () => '这个线程没有新的进展。',
  refreshCut: (p) => `最近 ${p.count} 轮；之前还有更多。`,
  followOn: () => '这个线程在别处的轮次结束后我会告知。`/follow off` 结束。',
  followOff: () => '不再告知别处的进展；`/refresh` 可查看。',
  statusThread: (p) =>
    `线程：${p.thread === undefined ? '下一条消息开启新线程' : `\`${p.thread}\``}${p.alias === undefined ? '' : `（别名 \`${p.alias}\`）`}`,
  statusAlias: (p) =>
    `**“${p.title}”**${p.isUsed ? '，此处正在使用' : ''}。${p.isRunning ? '此处有任务正在其中运行。' : '此处没有任务在其中运行。'}用 \`/refresh\` 加名称可查看别处的进展。`,
};

/** Threads and their names. */
export const threads = { en, zh };
