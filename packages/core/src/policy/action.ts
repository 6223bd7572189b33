import type { ApprovalDecision, ApprovalId } from '@threadbridge/contract';

/** What a button, a row or a form does when somebody presses it. Carried by a token, signed, in plain JSON. */
export type Action =
  /** Answers a question of the agent. */
  | { readonly type: 'approval'; readonly approval: ApprovalId; readonly decision: ApprovalDecision }
  /** Answers a question of the agent in words: the form's values, by the ids of the questions. */
  | { readonly type: 'words'; readonly approval: ApprovalId }
  /** Gives a chat command; `field` names the value of the form that follows the arguments. */
  | { readonly type: 'command'; readonly name: string; readonly args?: string; readonly field?: string };
