import type { Answer } from './approval.ts';
import type { ApprovalId, EffectKey, ThreadId, WorkspacePath } from './ids.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { RunEvent } from './run-event.ts';
import type { RunnerCapabilities } from './runner-capabilities.ts';

/** Codex’s own words for what a command may touch: nothing, the workspace, everything. */
export type SandboxMode = 'read-only' | 'workspace-write' | 'danger-full-access';

/** A tool that the caller answers itself; the call arrives as an approval of kind `toolCall`. */
export interface DynamicTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly inputSchema: JsonObject;
}

/** What is asked of the agent: one turn. */
export interface RunInput {
  /** Empty: nothing is said in the user's name, and the agent answers what `history` ends with. */
  readonly prompt: string;
  /** Travels with the prompt into the thread's history, so that the turn can be found again after a crash. */
  readonly key?: EffectKey;
  /** Absolute paths of images, or images themselves as base64 `data:` URLs. */
  readonly images?: readonly string[];
  /** Must exist; checked before anything is sent. */
  readonly workspace: WorkspacePath;
  /** Absent: a new thread. */
  readonly thread?: ThreadId;
  readonly sandbox: SandboxMode;
  /** Network for sandboxed commands. Default false. */
  readonly network?: boolean;
  /** Further directories that may be written in `workspace-write`. */
  readonly writableRoots?: readonly string[];
  /** Paths that even reading is denied to; refused with `runner.version` where Codex cannot. */
  readonly denyRead?: readonly string[];
  /**
   * Directories inside of `denyRead` that may be read all the same, each the only thing in its parent directory: the parent is opened with
   * it, as an otherwise empty place that may be written. Without `denyRead` it changes nothing.
   */
  readonly allowRead?: readonly string[];
  /** When the agent asks; default `on-request`. `never`: everything that would need asking is refused to the model. */
  readonly approvals?: 'on-request' | 'untrusted' | 'never';
  readonly model?: string;
  readonly provider?: string;
  readonly effort?: string;
  readonly summary?: string;
  readonly serviceTier?: string;
  /** Standing instructions for a new thread. */
  readonly instructions?: string;
  /** JSON Schema of the answer; for this turn only. */
  readonly outputSchema?: JsonObject;
  /** Raw Responses items put before the prompt. */
  readonly history?: readonly JsonValue[];
  readonly tools?: readonly DynamicTool[];
  /** Not kept, not listed, not resumable. */
  readonly ephemeral?: boolean;
  /** `none`: the model is told of no directory, and the user's MCP servers are left out. For a new thread. */
  readonly environment?: 'none';
  /** `early`: `usage.updated` comes as soon as a model answer has ended, before the tools it called are done. For a new thread. */
  readonly usage?: 'early';
  /** Codex configuration for this thread. */
  readonly config?: JsonObject;
  /** Variables that its commands see beside the usual few. Kept with the run: no place for a secret. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Drives one agent. Safe to share; close with `await using`. */
export interface Runner extends AsyncDisposable {
  /** Returns at once; trouble appears in `events`. An abort interrupts the turn. */
  start(input: RunInput, options?: { readonly signal?: AbortSignal }): RunHandle;
  /** What works and what does not; starts the agent, costs no turn. Never throws. */
  check(): Promise<RunnerHealth>;
  readonly capabilities: RunnerCapabilities;
}

/** The live side of a run. */
export interface RunHandle {
  /**
   * Ends after exactly one terminal event. Throws a `GatewayError` of the `runner.` family when the agent was lost or never reached
   * (`certain: true`: the turn surely was not started). To be iterated once; leaving the loop early interrupts the turn.
   */
  readonly events: AsyncIterable<RunEvent>;
  /** Puts words into the running turn. Throws with `certain: true` where they surely did not get in. */
  steer(text: string): Promise<void>;
  /** Ends the turn and the commands it left running; resolves when Codex took it. Harmless when already over. */
  interrupt(): Promise<void>;
  /** Answers an open question; the first answer wins. Throws `runner.approval_closed` where it is not open any more. */
  answer(approval: ApprovalId, answer: Answer): Promise<void>;
}

/** The state of the agent, for `doctor` and `/status`. */
export interface RunnerHealth {
  readonly isUsable: boolean;
  readonly name: string;
  readonly version?: string;
  /** `unknown`: could not be read without network. */
  readonly login: 'ok' | 'missing' | 'notNeeded' | 'unknown';
  readonly home?: string;
  /** Whether sandboxed commands run on this machine. */
  readonly sandbox: 'ok' | 'broken' | 'unknown';
  readonly problems: readonly { readonly code: string; readonly message: string; readonly remedy?: string }[];
}
