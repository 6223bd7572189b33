import type { ActorId } from '@threadbridge/contract';

/** Something asked of the program itself. */
export type HostAsk = { readonly by: ActorId } & (
  | { readonly what: 'doctor' }
  | { readonly what: 'ps' }
  /** All channels, or the one of that id. */
  | { readonly what: 'reconnect'; readonly channel?: string }
  | { readonly what: 'reload' }
  | { readonly what: 'exit' }
);

/** What came of it. */
export type HostReply =
  | { readonly type: 'findings'; readonly findings: readonly HostFinding[] }
  | { readonly type: 'processes'; readonly processes: readonly HostProcess[] }
  /** `names`: what it was done to (channels, settings). */
  | { readonly type: 'done'; readonly names: readonly string[] }
  | { readonly type: 'failed'; readonly message: string };

/** One thing that `/doctor` looked at; `remedy` says what to do where it is not well. */
export interface HostFinding {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly text: string;
  readonly remedy?: string;
}

/** A process of this program, or one that it started. */
export interface HostProcess {
  readonly name: string;
  readonly pid: number;
  /** Epoch ms, where it is known. */
  readonly startedAt?: number;
}
