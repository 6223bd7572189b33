import type { ApprovalId, RunId } from '@threadbridge/contract';

/** Something to be reminded of. */
export type Timer =
  /** The quiet window of the waiting prompts is over. `round` names the window, so that a late one is ignored. */
  | { readonly name: 'quiet'; readonly round: number }
  /** The platform may let us speak again. */
  | { readonly name: 'budget' }
  /** The limit that a run met may have reset. */
  | { readonly name: 'limit.check'; readonly run: RunId }
  /** A thread that another program has open may be free, or that program may have answered. */
  | { readonly name: 'held.look'; readonly run: RunId }
  /** Something may have happened elsewhere in the thread that is followed since then. */
  | { readonly name: 'follow.look'; readonly since: number }
  | { readonly name: 'approval.expire'; readonly run: RunId; readonly approval: ApprovalId };
