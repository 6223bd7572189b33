import type { Fingerprint } from '@threadbridge/contract';
import type { FactChange } from '../decide/facts.ts';
import type { RunningPhase } from '../decide/phase.ts';
import type { Rules } from '../decide/rules.ts';
import type { Binding, ScopeState } from '../decide/scope-state.ts';
import { chatOf } from './roles.ts';

/** The thread that the next run here goes on in: the conversation's own; in comments that of the document. */
export function boundThread(state: ScopeState, fingerprint: Fingerprint, rules: Rules): Binding | undefined {
  if (state.scope.kind !== 'comment') return state.bindings[fingerprint];
  const document = rules.facts.documents.get(chatOf(state.scope));
  return document?.fingerprint === fingerprint ? document : undefined;
}

/** What is to be remembered of a document when a run in one of its comments has its thread. */
export function documentFacts({ scope }: ScopeState, phase: RunningPhase, binding: Binding, at: number): readonly FactChange[] {
  const [first] = phase.prompts;
  if (scope.kind !== 'comment' || first === undefined) return [];
  const name = chatOf(scope);
  const fact = { kind: 'document', name, fingerprint: phase.fingerprint, ...binding, addedBy: first.actor, addedAt: at } as const;
  return [{ type: 'put', fact }];
}

/** The next run in a comment of this document begins a new thread. */
export function forgetDocument({ scope }: ScopeState): readonly FactChange[] {
  return scope.kind === 'comment' ? [{ type: 'remove', kind: 'document', name: chatOf(scope) }] : [];
}
