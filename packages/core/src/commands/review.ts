import type { ReviewTarget } from '@threadbridge/contract';
import { takePrompt } from '../decide/take-prompt.ts';
import { toPrompt } from '../decide/to-prompt.ts';
import type { Command } from './command.ts';

export const review: Command = {
  name: 'review',
  usage: '/review [uncommitted|branch NAME|commit SHA|WORDS]',
  role: 'user',
  place: 'anywhere',
  help: {
    en: 'have Codex review changes: what is not committed, against a branch, a commit, or what you say; a run like any other',
    zh: '让 Codex 审查改动：未提交的、相对分支的、某次提交，或按你的说明；与其他任务一样运行',
  },
  decide({ state, rules, at, args, event }) {
    return takePrompt(state, { ...toPrompt(event), review: toTarget(args) }, at, rules);
  },
};

/** Names that git would not take as such are words for the reviewer. */
function toTarget(args: string): ReviewTarget {
  const [, branch] = /^branch\s+([\w][\w./-]*)$/.exec(args) ?? [];
  if (branch !== undefined) return { type: 'baseBranch', branch };
  const [, sha] = /^commit\s+([0-9a-f]{7,64})$/i.exec(args) ?? [];
  if (sha !== undefined) return { type: 'commit', sha };
  return args === '' || args === 'uncommitted' ? { type: 'uncommittedChanges' } : { type: 'custom', instructions: args };
}
