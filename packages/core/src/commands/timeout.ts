import { configEntry } from '../decide/audit.ts';
import { decision, say } from '../decide/decision.ts';
import type { ScopeState } from '../decide/scope-state.ts';
import { type RunLimits, runLimits } from '../policy/run-limits.ts';
import { duration, parseDuration } from '../texts/duration.ts';
import type { Texts } from '../texts/texts.ts';
import type { Command } from './command.ts';

export const timeout: Command = {
  name: 'timeout',
  usage: '/timeout [[idle] 30m|off]',
  role: 'user',
  place: 'anywhere',
  help: {
    en: 'how long the next runs here may take; `idle`: without a sign of life; `off`: as the profile says',
    zh: '这里之后的任务最长运行时间；`idle`：无动静时限；`off`：恢复默认',
  },
  decide({ state, rules, at, texts, voice, actor, args }) {
    const words = args.toLowerCase().split(/\s+/);
    const key = words[0] === 'idle' ? 'idleTimeoutMs' : 'wallTimeoutMs';
    const wanted = (words[0] === 'idle' ? words.slice(1) : words).join(' ');
    if (args === '') return decision(state, say(voice, limitsLine(runLimits(state, rules), texts)));
    const ms = parseDuration(wanted);
    if (ms === undefined && wanted !== 'off') return decision(state, say(voice, texts.usage({ usage: this.usage })));
    if (ms !== undefined && ms > rules.runs[key])
      return decision(state, say(voice, texts.timeoutTooLong({ most: duration(rules.runs[key]) })));
    const { [key]: _old, ...others } = state.limits ?? {};
    const next: ScopeState = { ...state, limits: { ...others, ...(ms !== undefined && { [key]: ms }) } };
    return decision(next, say({ ...voice, state: next }, limitsLine(runLimits(next, rules), texts)), {
      audit: [configEntry(state.scope, actor.id, at, 'timeout changed', { limit: key, ms: ms ?? null })],
    });
  },
};

/** How long runs may take, in one line. */
export function limitsLine({ wallTimeoutMs, idleTimeoutMs }: RunLimits, texts: Texts): string {
  return texts.runLimits({ wall: duration(wallTimeoutMs), idle: duration(idleTimeoutMs) });
}
