import type { Actor, ActorId, Approval, RunId, Scope, ScopeId } from '@threadbridge/contract';

/** A question that was shown to people. */
export interface OpenApproval {
  readonly approval: Approval;
  /** What a person types: `/approve k7`. */
  readonly code: string;
  readonly askedAt: number;
  /** Who said yes so far, where a yes needs two people. */
  readonly yes?: readonly ActorId[];
  /** Set once an answer won; the question is then closed for everybody else. */
  readonly answered?: { readonly by: ActorId | 'timer'; readonly name?: string; readonly decision: string };
}

/** A question of another conversation that is put here too. */
export interface ElsewhereApproval {
  readonly from: Scope;
  readonly run: RunId;
  /** With the code that holds here. */
  readonly open: OpenApproval;
}

/** Who answered a question, and in which conversation. */
export interface AnsweredBy {
  readonly by: Actor;
  readonly decision: string;
  readonly in: ScopeId;
}
