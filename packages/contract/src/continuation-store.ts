import type { ThreadId, TurnId } from './ids.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** An answer of the native API that can be continued by its id. Plain JSON. */
export interface Continuation {
  /** `resp_…` */
  readonly id: string;
  readonly previous?: string;
  readonly thread: ThreadId;
  readonly turn?: TurnId;
  /** The login it was made with, see `AccountInfo.id`. */
  readonly account: string;
  /** The model provider it was made with; empty where the runner does not say. */
  readonly provider: string;
  /** The response object as it was sent. */
  readonly response: JsonObject;
  /** The items this request brought, as they were taken. */
  readonly input: readonly JsonValue[];
  /** Everything the model has seen and said up to and including this answer. */
  readonly items: readonly JsonValue[];
  /** Epoch ms. */
  readonly createdAt: number;
}

/** What became of an id. `expired` is told for a while, afterwards it reads `unknown`. */
export type FoundContinuation =
  | { readonly state: 'found'; readonly continuation: Continuation }
  | { readonly state: 'expired' }
  | { readonly state: 'unknown' };

/** Where the native API keeps what can be continued. Each call is atomic. */
export interface ContinuationStore {
  /** What it is, for people (`in_memory`, `sqlite`). */
  readonly kind: string;
  readonly survivesRestart: boolean;
  /** Unused for so long, a continuation expires. */
  readonly ttlMs: number;
  /** Keeps it, and makes room by forgetting what was used longest ago. */
  put(continuation: Continuation): Promise<void>;
  /** Finding it counts as use: its time begins anew. */
  find(id: string): Promise<FoundContinuation>;
  /** The output item of this id, out of the answers that could be continued. Counts as no use. */
  findItem(id: string): Promise<JsonValue | undefined>;
  /** False where there was none. What was deleted reads `unknown`. */
  delete(id: string): Promise<boolean>;
  /** How many could be continued now. */
  count(): Promise<number>;
}
