import type { Clock, ContinuationStore, Logger, Runner } from '@threadbridge/contract';
import type { Metrics } from '../metrics.ts';
import type { RequestPolicy } from '../request/to-responses-request.ts';
import type { AskCodex } from '../turn/ask-codex.ts';
import type { ParkedRuns } from '../turn/parked-runs.ts';
import type { Slots } from '../turn/slots.ts';

/** What is about to be asked of Codex, for whoever decides. Holds no text of the request. */
export interface ApiCall {
  readonly requestId: string;
  readonly route: '/v1/responses' | '/v1/chat/completions';
  readonly model?: string;
  readonly taskClass?: string;
  /** Names of the caller's functions. */
  readonly tools: readonly string[];
  readonly isContinuation: boolean;
  /** The login it would be made with, see `AccountInfo.id`. */
  readonly account: string;
  readonly plan: ApiPlan;
}

/** What a turn of this API may do. Callers choose none of it. */
export interface ApiPlan {
  readonly sandbox: 'read-only';
  readonly network: false;
  readonly approvals: 'never';
  /** Empty, and the model is not told of it. */
  readonly workspace: string;
  /** Hash over the plan and the login. */
  readonly fingerprint: string;
}

/** What was decided about a call; `because` names the rules that made it so. */
export type Authorization = { readonly because: readonly string[] } & (
  | { readonly isAllowed: true }
  /** `reason` is told to the caller. */
  | { readonly isAllowed: false; readonly reason: string }
);

/** What the routes share. */
export interface RouteContext {
  readonly runner: Runner;
  readonly codex: AskCodex;
  readonly slots: Slots;
  readonly parked: ParkedRuns;
  readonly continuations: ContinuationStore;
  readonly metrics: Metrics;
  readonly policy: RequestPolicy;
  readonly profile: string;
  readonly defaultModel: string | undefined;
  readonly maxBodyBytes: number;
  readonly maxConcurrent: number;
  readonly keepAliveMs: number;
  readonly authorize: (call: Omit<ApiCall, 'plan'>) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One request on its way. */
export interface Incoming {
  readonly request: Request;
  readonly requestId: string;
  readonly route: string;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal;
  readonly startedAt: number;
  /** Says that the answer is complete, for an answer that goes on after its headers. */
  readonly finish: (status: number) => void;
}
