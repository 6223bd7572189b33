import { accessOf } from '../policy/plan-run.ts';
import { runLimits } from '../policy/run-limits.ts';
import { duration } from '../texts/duration.ts';
import { inline } from '../texts/visible.ts';
import type { Setting } from './setting.ts';

/** What the configuration says, or a command of its own (`/model`, `/cd`, `/timeout`); shown here, not changed. */
export const fixedSettings: readonly Setting[] = [
  {
    name: 'access',
    label: { en: 'Access', zh: '权限' },
    show: ({ state, rules, actor }) => accessOf(state.scope, [actor.id], rules).access,
  },
  {
    name: 'network',
    label: { en: 'Network', zh: '网络' },
    show: ({ rules, texts }) => texts.onOff({ isOn: rules.permissions.network }),
  },
  {
    name: 'workspace',
    label: { en: 'Workspace', zh: '工作区' },
    show({ state, rules, texts }) {
      const path = state.workspace ?? rules.workspaces.default;
      return path === undefined ? texts.notSet() : `\`${inline(path)}\``;
    },
  },
  {
    name: 'model',
    label: { en: 'Model', zh: '模型' },
    show: ({ state, rules, texts }) => inline(state.model ?? rules.codex.model ?? texts.choiceOfCodex()),
  },
  {
    name: 'effort',
    label: { en: 'Effort', zh: '推理强度' },
    show: ({ rules, texts }) => inline(rules.codex.effort ?? texts.choiceOfCodex()),
  },
  {
    name: 'timeout',
    label: { en: 'Longest run', zh: '最长运行时间' },
    show: ({ state, rules }) => duration(runLimits(state, rules).wallTimeoutMs),
  },
  {
    name: 'idle-timeout',
    label: { en: 'Longest silence', zh: '最长无动静时间' },
    show: ({ state, rules }) => duration(runLimits(state, rules).idleTimeoutMs),
  },
  {
    name: 'during-run',
    label: { en: 'Messages during a run', zh: '任务运行时的消息' },
    show: ({ rules, texts }) => texts.duringRun({ mode: rules.runs.duringRun }),
  },
  {
    name: 'approvals',
    label: { en: 'Requests of Codex', zh: 'Codex 的请求' },
    show: ({ rules, texts }) =>
      texts.approvalRules({ expires: duration(rules.approvals.expireMs), persons: rules.approvals.twoPersons ? 2 : 1 }),
  },
  {
    name: 'mention',
    label: { en: 'Mention needed in groups', zh: '群里需要 @' },
    show: ({ rules, texts }) => texts.yesNo({ isYes: rules.access.requireMention }),
  },
];
