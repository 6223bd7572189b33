import type { ErrorCode } from '@threadbridge/contract';
import { remediesZh } from './remedies-zh.ts';

/** An error as it is told: parts of a `GatewayError`, or of an event that carries one. */
export interface Told {
  readonly code?: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** A message may end in the words of another program, which know nothing of what follows. */
function sentence(text: string, end: string): string {
  const words = text.trimEnd();
  return /[.!?:;…。！？：；]$/.test(words) ? words : `${words}${end}`;
}

const en = {
  /** What could not be done, and the remedy. */
  explain: ({ message, remedy }: Told) => (remedy === undefined ? message : `${sentence(message, '.')} ${remedy}`),
  remedy: (remedy: string) => remedy,
};

/** What failed, by its code. The exact words of whoever failed follow; they are English. */
const kindsZh: Readonly<Record<ErrorCode | `codex.${'version' | 'login' | 'sandbox' | 'config'}`, string>> = {
  'codex.version': 'Codex 版本未经测试',
  'codex.login': '无法读取 Codex 的登录',
  'codex.sandbox': 'Codex 的沙箱不可用',
  'codex.config': 'Codex 的配置有提示',
  'channel.unauthorized': '通道的登录已失效',
  'channel.rate_limited': '平台限制了请求频率',
  'channel.rejected': '平台拒绝了请求',
  'channel.target_gone': '接收者已不存在',
  'channel.unreachable': '无法连接平台',
  'channel.unsupported': '该通道不支持',
  'channel.held': '该账号正由另一个进程使用',
  'runner.missing': '无法启动 Codex',
  'runner.version': 'Codex 版本不合适',
  'runner.unauthorized': 'Codex 未登录',
  'runner.overloaded': 'Codex 正忙',
  'runner.lost': '与 Codex 的连接中断',
  'runner.protocol': 'Codex 的回应无法理解',
  'runner.rejected': 'Codex 拒绝了请求',
  'runner.thread_not_found': '没有找到线程',
  'runner.thread_held': '线程正在另一个程序中打开',
  'runner.approval_closed': '该请求已关闭',
  'runner.unsupported': '当前的 Codex 不支持',
  'store.busy': '存储正忙',
  'store.fenced': '存储已由另一个进程接管',
  'store.held': '该配置档已在运行',
  'store.closed': '存储已关闭',
  'store.unsupported': '无法使用存储',
  'store.unwritable': '存储无法写入',
  'store.corrupt': '存储已损坏',
  'store.newer_schema': '存储来自更新的版本',
  'config.invalid': '配置有误',
  'config.secret_missing': '缺少密钥',
  'config.unsafe': '这样设置不安全，已拒绝',
  'host.refused': '本机的系统拒绝了请求',
  'api.invalid_request': '请求有误',
  'api.continuation_not_found': '没有可继续的回答',
  'api.unauthorized': '未授权',
  'api.overloaded': '服务正忙',
};

const zh: typeof en = {
  explain: ({ code, message, remedy }) => {
    const kind = (kindsZh as Readonly<Record<string, string>>)[code ?? ''];
    // What the command line says itself is Chinese already.
    const said = kind === undefined || /\p{Script=Han}/u.test(message) ? message : `${kind}：${message}`;
    return remedy === undefined ? said : `${sentence(said, '。')} ${remediesZh(remedy)}`;
  },
  remedy: remediesZh,
};

/** Errors and what helps against them. */
export const errors = { en, zh };
