import { inBrackets, named } from '../named.ts';
import type { Translated } from '../translated.ts';

const en = {
  noWorkspace: () =>
    'No workspace is set, so nothing was sent to Codex. Set `workspaces.default` in the configuration and send it again.',
  workspaceRefused: (p: { readonly reason: string }) => `Nothing was sent to Codex. ${p.reason}`,
  noAnswer: () => '(The turn ended without a text.)',
  stopped: (p: { readonly why: 'asked' | 'idle' | 'wall' | 'shutdown' | 'codex'; readonly words: string }) =>
    ({
      asked: `Stopped${inBrackets(p.words)}.`,
      idle: `Stopped${inBrackets(p.words)}: there was no sign of life for too long.`,
      wall: `Stopped${inBrackets(p.words)}: the run reached its time limit.`,
      shutdown: `Stopped${inBrackets(p.words)}, because Threadbridge was shut down. Nothing is repeated by itself; send the message again to go on.`,
      codex: `The turn was interrupted${inBrackets(p.words)}.`,
    })[p.why],
  failed: (p: { readonly message: string; readonly words: string }) => `The turn failed${inBrackets(p.words)}: ${p.message}`,
  lostBeforeStart: (p: { readonly message: string; readonly words: string }) =>
    `Your message${named(p.words, ' ')} did not reach Codex: ${p.message} Send it again when that is mended.`,
  lostInTurn: (p: { readonly message: string; readonly words: string }) =>
    `The run was cut off${inBrackets(p.words)}: ${p.message} What it did until then stays done; nothing is repeated by itself. Send a message to go on in the same thread.`,
  restoredRun: () =>
    'The state of this gateway was put back from a copy that was made while this run went on. How it ended is in its thread: `/refresh`. Nothing is repeated by itself.',
  nothingRuns: () => 'Nothing is running.',
  alreadyStopping: () => 'The run is being stopped.',
  waitForRun: () => 'A run is in progress. Wait for its end, or `/stop` it.',
  stepRan: (p: { readonly command: string; readonly exitCode: number }) =>
    `ran \`${p.command}\`${p.exitCode === 0 ? '' : ` (exit code ${p.exitCode})`}`,
  stepChanged: (p: { readonly path: string }) => `changed \`${p.path}\``,
  stepUsed: (p: { readonly tool: string }) => `used \`${p.tool}\``,
  stepsOmitted: (p: { readonly count: number }) => `${p.count} more step${p.count === 1 ? '' : 's'} before`,
  planNone: () => 'This thread has no plan that I know of.',
  diffNone: () => 'The last turn of this thread changed no files by patches.',
  statusPhase: (p: {
    readonly phase: 'idle' | 'collecting' | 'fetching' | 'preparing' | 'running' | 'held' | 'waiting';
    readonly minutes: number;
  }) =>
    ({
      idle: '**Idle.**',
      fetching: '**About to start** (your files are still on their way).',
      collecting: '**About to start** (waiting for you to finish typing).',
      preparing: '**About to start.**',
      held: '**Waiting for the thread.**',
      running: `**Running** for ${p.minutes} min.`,
      waiting: `**Waiting for your answer**, running for ${p.minutes} min.`,
    })[p.phase],
};

const zh: Translated<typeof en> = {
  noWorkspace: () => '尚未设置工作区，消息没有发给 Codex。请在配置中设置 `workspaces.default` 后重新发送。',
  workspaceRefused: (p) => `消息没有发给 Codex。${p.reason}`,
  noAnswer: () => '（本轮结束，没有文字回复。）',
  stopped: (p) =>
    ({
      asked: `已停止${named(p.words)}。`,
      idle: `已停止${named(p.words)}：太久没有任何动静。`,
      wall: `已停止${named(p.words)}：达到运行时限。`,
      shutdown: `已停止${named(p.words)}：Threadbridge 正在关闭。不会自动重试，请重新发送消息以继续。`,
      codex: `${named(p.words)}本轮已被中断。`,
    })[p.why],
  failed: (p) => `本轮${named(p.words)}失败：${p.message}`,
  lostBeforeStart: (p) => `你的消息${named(p.words)}没有到达 Codex：${p.message} 修复后请重新发送。`,
  lostInTurn: (p) => `任务${named(p.words)}被切断：${p.message} 已完成的部分保留，不会自动重复。发送消息即可在同一线程继续。`,
  restoredRun: () => '网关的状态已从备份恢复，备份时这个任务正在运行。它的结果在线程中：`/refresh`。不会自动重复。',
  nothingRuns: () => '当前没有运行中的任务。',
  alreadyStopping: () => '任务正在停止。',
  waitForRun: () => '任务正在运行，请等待结束或使用 `/stop`。',
  stepRan: (p) => `运行了 \`${p.command}\`${p.exitCode === 0 ? '' : `（退出码 ${p.exitCode}）`}`,
  stepChanged: (p) => `修改了 \`${p.path}\``,
  stepUsed: (p) => `使用了 \`${p.tool}\``,
  stepsOmitted: (p) => `此前还有 ${p.count} 步`,
  planNone: () => '该线程还没有计划。',
  diffNone: () => '该线程的上一轮没有以补丁修改文件。',
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
};

/** How a run goes, and how it ended. */
export const runs = { en, zh };
