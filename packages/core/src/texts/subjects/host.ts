import type { Translated } from '../translated.ts';

const en = {
  limitLine: (p: { readonly name: string; readonly percent: number; readonly resets?: string }) =>
    `- ${p.name === '' ? 'Limit' : p.name}: ${Math.round(p.percent)} % used${p.resets === undefined ? '' : `, resets at ${p.resets}`}`,
  limitsNone: () => 'The login in use names no limits.',
  hostFinding: (p: { readonly name: string; readonly state: string; readonly text: string; readonly remedy?: string }) =>
    `- ${{ ok: '✅', warn: '⚠️', fail: '❌', unknown: '❔' }[p.state] ?? ''} ${p.name}: ${p.text}${p.remedy === undefined ? '' : ` ${p.remedy}`}`,
  hostProcess: (p: { readonly name: string; readonly pid: number; readonly minutes?: number }) =>
    `- ${p.name}, process ${p.pid}${p.minutes === undefined ? '' : `, for ${p.minutes} min`}`,
  hostDone: (p: { readonly what: 'doctor' | 'ps' | 'reconnect' | 'reload' | 'exit'; readonly names: string }) =>
    ({
      doctor: 'Nothing to report.',
      ps: 'Nothing to report.',
      reconnect: p.names === '' ? 'There is nothing to connect to.' : `Connecting anew: ${p.names}.`,
      reload: p.names === '' ? 'The configuration says the same as before.' : `Read again. Changed: ${p.names}.`,
      exit: 'The gateway ends now. Start it again on the computer.',
    })[p.what],
};

const zh: Translated<typeof en> = {
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
};

/** The computer and the login on it. */
export const host = { en, zh };
