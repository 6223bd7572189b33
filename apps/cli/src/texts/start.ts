import type { ChannelState } from '@threadbridge/gateway';
import { channelStatesZh } from './channel-states-zh.ts';

const en = {
  summary: 'run the gateway',
  terminal: 'chat here, also through pipes (default on a terminal)',
  noTerminal: 'no chat here',
  workspace: 'directory in which runs work, instead of workspaces.default',
  greeting: (p: { readonly profile: string; readonly workspace: string | null }) =>
    `Profile ${p.profile}, ${p.workspace === null ? 'no workspace yet: /cd PATH names one' : `workspace ${p.workspace}`}. Anything you write goes to Codex; /help lists commands, Ctrl-D leaves.`,
  browser: (link: string) => `In a browser: ${link}`,
  starting: (profile: string) => `Starting profile ${profile}.`,
  channel: (p: { readonly key: string; readonly state: ChannelState; readonly trouble: string }) =>
    `Channel ${p.key}: ${p.state}.${p.trouble === '' ? '' : ` ${p.trouble}`}`,
  ready: (p: { readonly channels: readonly string[]; readonly nativeApi: string; readonly console: string }) =>
    `Ready: ${[
      p.channels.length === 0 ? 'no channels' : `channels ${p.channels.join(', ')}`,
      ...(p.nativeApi === '' ? [] : [`API ${p.nativeApi}`]),
      ...(p.console === '' ? [] : [`console ${p.console}`]),
    ].join('; ')}. Ctrl-C stops.`,
  warning: (trouble: string) => `Warning: ${trouble}`,
  unowned: 'Nobody in a chat owns this profile, so nobody there is listened to.',
  stopping: 'Stopping.',
  stopped: 'Stopped.',
};

const zh: typeof en = {
  summary: '运行网关',
  terminal: '在这里聊天，也可通过管道（在终端中为默认）',
  noTerminal: '不在这里聊天',
  workspace: '任务的工作区，代替 workspaces.default',
  greeting: (p) =>
    `配置档 ${p.profile}，${p.workspace === null ? '还没有工作区，用 /cd 路径 指定' : `工作区 ${p.workspace}`}。你写的内容会发给 Codex；/help 列出命令，Ctrl-D 退出。`,
  browser: (link) => `在浏览器中打开：${link}`,
  starting: (profile) => `正在启动配置档 ${profile}。`,
  channel: (p) => `通道 ${p.key}：${channelStatesZh[p.state]}。${p.trouble}`,
  ready: (p) =>
    `已就绪：${[
      p.channels.length === 0 ? '没有通道' : `通道 ${p.channels.join('、')}`,
      ...(p.nativeApi === '' ? [] : [`API ${p.nativeApi}`]),
      ...(p.console === '' ? [] : [`控制台 ${p.console}`]),
    ].join('；')}。Ctrl-C 停止。`,
  warning: (trouble) => `警告：${trouble}`,
  unowned: '还没有聊天中的人拥有该配置档，所以不会听取那里的任何人。',
  stopping: '正在停止。',
  stopped: '已停止。',
};

/** `start`, and what happens to a gateway. */
export const start = { en, zh };
