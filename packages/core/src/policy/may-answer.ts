import type { ActorId } from '@threadbridge/contract';
import type { Prompt } from '../decide/prompt.ts';
import type { Rules } from '../decide/rules.ts';
import { roleOf } from './roles.ts';

/** A rule for good holds in the whole Codex home, for every chat and program: owners only. */
export function mayAllowForGood(actor: ActorId, rules: Rules): boolean {
  return roleOf(actor, rules)?.role === 'owner';
}

/** May this person answer a question about these words? Never a stranger or guest, whoever asked; a program only where the profile says so. */
export function mayAnswer(actor: ActorId, phase: { readonly prompts: readonly Prompt[] }, rules: Rules): boolean {
  const role = roleOf(actor, rules)?.role;
  if (role === undefined || role === 'guest') return false;
  if (rules.programs?.actors.includes(actor) && !rules.programs.mayApprove) return false;
  const isAsker = phase.prompts.some((prompt) => prompt.actor === actor);
  return rules.approvals.mayAnswer.some((who) => (who === 'asker' ? isAsker : who === role));
}
