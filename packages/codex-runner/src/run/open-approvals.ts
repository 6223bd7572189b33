import {
  type Answer,
  type Approval,
  type ApprovalId,
  asId,
  type Clock,
  type FileChange,
  GatewayError,
  type ItemId,
} from '@threadbridge/contract';
import { fromAnswer } from '../convert/from-answer.ts';
import { toApproval } from '../convert/to-approval.ts';
import { rejected } from '../errors.ts';
import type { IncomingRequest, RequestId } from '../rpc/connection.ts';

export interface OpenApprovalsOptions {
  readonly clock: Clock;
  /** After that long an unanswered question is declined. Absent: it waits as long as the turn. */
  readonly timeoutMs?: number | undefined;
  readonly respond: (id: RequestId, result: unknown) => void;
  readonly onRequested: (approval: Approval) => void;
  readonly onClosed: (id: ApprovalId) => void;
}

/** The questions of one turn that wait for an answer. */
export interface OpenApprovals {
  /** False where the request is no question to a person. */
  ask(request: IncomingRequest, changesOf: (item: ItemId) => readonly FileChange[]): boolean;
  /** Sends the answer. `endsTurn`: it was a cancel for which Codex has no word. Throws `runner.approval_closed`, or `runner.rejected` where the answer does not fit. */
  answer(id: ApprovalId, answer: Answer): { readonly endsTurn: boolean };
  /** Codex says that it is void or answered. */
  resolve(request: RequestId): void;
  /** Closes what is left; gives the items that were asked about and will hear nothing more. */
  closeAll(): readonly ItemId[];
  /** Lets go of what is left without a word: the connection is gone, and the questions may well be open still. */
  letGo(): void;
  readonly isEmpty: boolean;
}

export function createOpenApprovals(options: OpenApprovalsOptions): OpenApprovals {
  const open = new Map<
    ApprovalId,
    { readonly request: IncomingRequest; readonly item?: ItemId | undefined; readonly expiry: AbortController }
  >();

  /** Codex sends what is open again to each client that loads the thread; a copy may be under way while the answer is. */
  const over = new Set<ApprovalId>();

  const close = (id: ApprovalId) => {
    const entry = open.get(id);
    if (entry === undefined) return;
    open.delete(id);
    over.add(id);
    entry.expiry.abort();
    options.onClosed(id);
  };

  const answer = (id: ApprovalId, given: Answer) => {
    const entry = open.get(id);
    if (entry === undefined) {
      throw new GatewayError('runner.approval_closed', 'This question is closed: answered already, or its turn is over.', {
        certain: true,
      });
    }
    const reply = fromAnswer(entry.request, given);
    if (!reply.isFitting) throw rejected(`The answer does not fit. ${reply.reason}`);
    options.respond(entry.request.id, reply.result);
    // Not every kind is followed by `serverRequest/resolved`.
    close(id);
    return { endsTurn: reply.endsTurn === true };
  };

  const expire = async (id: ApprovalId, timeoutMs: number, signal: AbortSignal) => {
    await options.clock.sleep(timeoutMs, signal);
    if (!signal.aborted) answer(id, { type: 'decision', decision: 'decline' });
  };

  return {
    ask(request, changesOf) {
      const id = toApprovalId(request.id);
      const approval = toApproval(id, request, changesOf);
      if (approval === undefined) return false;
      if (open.has(id) || over.has(id)) return true;
      const expiry = new AbortController();
      open.set(id, { request, item: approval.item, expiry });
      options.onRequested(approval);
      if (options.timeoutMs !== undefined) void expire(id, options.timeoutMs, expiry.signal);
      return true;
    },
    answer,
    resolve: (request) => close(toApprovalId(request)),
    closeAll() {
      const items = [...open.values()].flatMap(({ item }) => (item === undefined ? [] : [item]));
      for (const id of [...open.keys()]) close(id);
      return items;
    },
    letGo() {
      for (const { expiry } of open.values()) expiry.abort();
      open.clear();
    },
    get isEmpty() {
      return open.size === 0;
    },
  };
}

function toApprovalId(request: RequestId): ApprovalId {
  return asId(String(request));
}
