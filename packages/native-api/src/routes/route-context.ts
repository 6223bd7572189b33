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
  readonly tools: readonly string[];
  readonly isContinuation: boolean;
}

export type Authorization = { readonly isAllowed: true } | { readonly isAllowed: false; readonly reason: string };

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
  readonly authorize: ((call: ApiCall) => Promise<Authorization>) | undefined;
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
