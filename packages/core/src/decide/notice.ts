import type { Approval, ApprovalId, RunId, RunStatus } from '@threadbridge/contract';
import type { AnsweredBy } from './open-approval.ts';

/** What one conversation tells another. */
export type Notice =
  | { readonly type: 'ended'; readonly run: RunId; readonly status: RunStatus; readonly text: string; readonly note?: string }
  /** A question; `sandbox` says in words under what it would be done. */
  | { readonly type: 'asked'; readonly run: RunId; readonly approval: Approval; readonly sandbox: string }
  /** The question is closed; `answered` by whom, where a person did. */
  | {
      readonly type: 'closed';
      readonly run: RunId;
      readonly approval: ApprovalId;
      readonly text: string;
      readonly answered?: AnsweredBy;
    }
  | { readonly type: 'told'; readonly text: string };
