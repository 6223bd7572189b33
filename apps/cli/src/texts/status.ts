import type { ChannelState, GatewayState, LiveState, NotListening } from '@threadbridge/gateway';
import { channelStatesZh } from './channel-states-zh.ts';

type Run = GatewayState['runs'][number];
type Question = GatewayState['approvals'][number];

const servicesEn = { nativeApi: 'native API', console: 'console', taskApi: 'task API', health: 'health' };
const servicesZh: typeof servicesEn = { nativeApi: '原生 API', console: '控制台', taskApi: '任务 API', health: '健康检查' };

const en = {
  summary: 'tell what runs and what waits',
  showTokens: 'print the tokens of the local addresses, each once',
  run: (p: Pick<Run, 'scope' | 'isWaiting'> & { readonly for: string }) =>
    `${p.isWaiting ? 'waits for an answer' : 'running'}: ${p.scope}, for ${p.for}`,
  question: (p: Pick<Question, 'scope' | 'code'> & { readonly for: string }) =>
    `open question ${p.code}: ${p.scope}, for ${p.for}`,
  waiting: (p: Pick<GatewayState, 'queue' | 'deliveries' | 'held'>) =>
    `waiting: ${p.queue} messages for a run, ${p.deliveries} replies to be sent${p.held === 0 ? '' : `, ${p.held} of them until the platform lets us`}`,
  minutes: (count: number) => `${count} min`,
  resting: (profile: string) => `Profile ${profile} is not running.`,
  running: (p: Pick<LiveState, 'profile' | 'pid' | 'version'> & { readonly for: string }) =>
    `Profile ${p.profile} is running: process ${p.pid}, version ${p.version}, for ${p.for}.`,
  channel: (p: { readonly key: string; readonly state: ChannelState }) => `channel ${p.key}: ${p.state}`,
  nativeApi: (address: string) => `native API: ${address}`,
  console: (address: string) => `console: ${address}`,
  notListening: ({ services, host, port, setting, reason }: NotListening) =>
    `${services.map((service) => servicesEn[service]).join(', ')}: cannot listen on ${host}:${port}, which ${reason === 'EADDRINUSE' ? 'another program has' : `the system refuses (${reason})`}. Set ${setting} to another port, or free this one; then start again.`,
  limit: (p: { readonly name: string; readonly percent: number; readonly resets: string | undefined }) =>
    `limit ${p.name}: ${p.percent} % used${p.resets === undefined ? '' : `, resets ${p.resets}`}`,
  also: (p: { readonly kind: string; readonly profile: string; readonly pid: number }) =>
    `also running: ${p.kind} of ${p.profile}, process ${p.pid}`,
  tokenNew: (p: { readonly service: string; readonly token: string }) => `token of ${p.service}: ${p.token} (shown this once)`,
  tokenShown: (p: { readonly service: string; readonly at: string }) =>
    `token of ${p.service}: was shown at ${p.at}; threadbridge secret rotate ${p.service}.token makes another`,
  tokenConfigured: (service: string) => `token of ${service}: where the configuration says`,
  logsSummary: 'print the log',
  follow: 'go on with what is written from now on, until Ctrl-C',
  level: 'only what is as serious',
  lines: 'how many, the newest',
};

const zh: typeof en = {
  summary: '查看正在运行与等待的内容',
  showTokens: '显示本机地址的令牌，每个只显示一次',
  run: (p) => `${p.isWaiting ? '等待回答' : '运行中'}：${p.scope}，已 ${p.for}`,
  question: (p) => `待回答的请求 ${p.code}：${p.scope}，已 ${p.for}`,
  waiting: (p) =>
    `等待中：${p.queue} 条消息待运行，${p.deliveries} 条回复待发送${p.held === 0 ? '' : `，其中 ${p.held} 条受平台限制暂存`}`,
  minutes: (count) => `${count} 分钟`,
  resting: (profile) => `配置档 ${profile} 没有运行。`,
  running: (p) => `配置档 ${p.profile} 正在运行：进程 ${p.pid}，版本 ${p.version}，已 ${p.for}。`,
  channel: (p) => `通道 ${p.key}：${channelStatesZh[p.state]}`,
  nativeApi: (address) => `原生 API：${address}`,
  console: (address) => `控制台：${address}`,
  notListening: ({ services, host, port, setting, reason }) =>
    `${services.map((service) => servicesZh[service]).join('、')}：无法监听 ${host}:${port}，${reason === 'EADDRINUSE' ? '该端口已被另一个程序占用' : `系统拒绝了该端口（${reason}）`}。请将 ${setting} 设为其他端口，或释放此端口，然后重新启动。`,
  limit: (p) => `用量 ${p.name}：已用 ${p.percent} %${p.resets === undefined ? '' : `，${p.resets} 重置`}`,
  also: (p) => `另外在运行：${p.profile} 的 ${p.kind}，进程 ${p.pid}`,
  tokenNew: (p) => `${p.service} 的令牌：${p.token}（只显示这一次）`,
  tokenShown: (p) => `${p.service} 的令牌：已于 ${p.at} 显示过；threadbridge secret rotate ${p.service}.token 可更换`,
  tokenConfigured: (service) => `${service} 的令牌：在配置所指的地方`,
  logsSummary: '显示日志',
  follow: '继续显示之后写入的内容，直到 Ctrl-C',
  level: '只显示至少这样严重的内容',
  lines: '显示最新的多少行',
};

/** `status` and `logs`. */
export const status = { en, zh };
