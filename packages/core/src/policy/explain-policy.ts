import type { Actor, Scope, WorkspacePath } from '@threadbridge/contract';
import { findCommand } from '../commands/parse.ts';
import { commands } from '../commands/registry.ts';
import type { Rules } from '../decide/rules.ts';
import { admit } from './admit.ts';
import { authorizeCommand } from './authorize-command.ts';
import { planRun } from './plan-run.ts';

/** A question that policy answers every time somebody writes. */
export interface PolicyQuestion {
  readonly actor: Actor;
  readonly scope: Scope;
  /** Default true. */
  readonly isAddressed?: boolean;
  /** A chat command, without the slash. */
  readonly command?: string;
}

/** One decision with each rule that made it. */
export interface PolicyAnswer {
  readonly question: 'admission' | 'command' | 'run';
  readonly decision: string;
  readonly because: readonly string[];
}

/** What would happen, and why: the very functions that decide about messages, asked without one. Pure. */
export function explainPolicy(question: PolicyQuestion, rules: Rules): readonly PolicyAnswer[] {
  const { actor, scope, isAddressed = true } = question;
  const admission = admit({ actor, scope, isAddressed }, rules);
  const { because } = admission;
  if (!admission.allowed) return [{ question: 'admission', decision: `refused (${admission.reason})`, because }];
  const admitted: PolicyAnswer = { question: 'admission', decision: `allowed as ${admission.role}`, because };
  if (question.command !== undefined) {
    const found = findCommand(commands, question.command);
    if (!('command' in found))
      return [
        admitted,
        { question: 'command', decision: 'refused (unknown)', because: [`there is no command /${question.command}`] },
      ];
    const verdict = authorizeCommand(found.command, admission.role, scope);
    const decision = verdict.allowed ? 'allowed' : `refused (${verdict.reason})`;
    return [admitted, { question: 'command', decision, because: [verdict.because] }];
  }
  const workspace = rules.workspaces.default;
  if (workspace === undefined)
    return [admitted, { question: 'run', decision: 'refused', because: ['workspaces.default is not set'] }];
  const plan = planRun(scope, [actor.id], workspace as WorkspacePath, rules);
  const network = `network ${plan.network ? 'on' : 'off'}`;
  const hidden = plan.denyRead.length === 0 ? 'nothing hidden' : `hidden: ${plan.denyRead.join(', ')}`;
  const decision = `${plan.access} (sandbox ${plan.sandbox}), ${network}, approvals ${plan.approvals}, ${hidden}, fingerprint ${plan.fingerprint}`;
  return [admitted, { question: 'run', decision, because: plan.because }];
}
