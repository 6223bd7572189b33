import type { ModelRequest } from './model-request.ts';

/** A text, fixed or made from the request: `(request) => 'You said ' + request.lastUserText`. */
export type TextSource = string | ((request: ModelRequest) => string);

/** A piece of a streamed text: words, or a gate at which the stream stands until the test opens it. */
export type TextPiece = TextSource | { readonly gate: string };

/** Says something: one `message` item, streamed. */
export interface TextStep {
  readonly type: 'text';
  readonly text: TextSource | readonly TextPiece[];
  /** Characters in one delta. Default 24. */
  readonly chunkSize?: number;
  /** Pause before each delta after the first, on the model's clock. Default 0. */
  readonly chunkDelayMs?: number;
  /** Default: `commentary` when a tool call follows in the script, else `final_answer`. */
  readonly phase?: 'commentary' | 'final_answer';
}

/** Thinks aloud: one `reasoning` item with a summary. */
export interface ReasoningStep {
  readonly type: 'reasoning';
  readonly text: TextSource;
}

/** Runs a shell command through whichever command tool the request offers. */
export interface CommandStep {
  readonly type: 'command';
  readonly command: string;
  /** Asks to run it outside the sandbox; the text is the question put to the user. */
  readonly escalate?: string;
  /** Default: the working directory of the turn. */
  readonly workdir?: string;
  /** How long Codex waits for the command before it answers with what there is. Codex takes 250 to 30,000. Default 10,000. */
  readonly yieldTimeMs?: number;
}

/** Changes files by an `apply_patch` text; see {@link addFile}, {@link editFile}, {@link deleteFile}. */
export interface PatchStep {
  readonly type: 'patch';
  readonly patch: string;
}

/** Sets the plan. Codex 0.169 offers this tool only with `tools.update_plan.enabled` (set by `codexConfig()`). */
export interface PlanStep {
  readonly type: 'plan';
  readonly explanation?: string;
  readonly steps: readonly { readonly step: string; readonly status: 'pending' | 'in_progress' | 'completed' }[];
}

/** Asks the user. Codex 0.169 allows it in Plan mode only and tells the model so elsewhere. */
export interface QuestionStep {
  readonly type: 'question';
  readonly questions: readonly {
    readonly id: string;
    readonly header: string;
    readonly question: string;
    readonly options: readonly { readonly label: string; readonly description: string }[];
  }[];
}

/** Calls any function tool by name: a dynamic tool, or with `namespace` a tool of an MCP server. */
export interface ToolStep {
  readonly type: 'tool';
  readonly name: string;
  readonly namespace?: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** One tool call; ends the response, and the script goes on when its output comes back. */
export type CallStep = CommandStep | PatchStep | PlanStep | QuestionStep | ToolStep;

/** Several tool calls in one response. */
export interface ParallelStep {
  readonly type: 'parallel';
  readonly calls: readonly CallStep[];
}

/** Stands still until the test opens the gate. */
export interface GateStep {
  readonly type: 'gate';
  readonly name: string;
}

/** Pauses on the model's clock. */
export interface PauseStep {
  readonly type: 'pause';
  readonly ms: number;
}

/**
 * Something goes wrong. `times` limits how often it does for one and the same point of a conversation (Codex retries), then
 * the script goes on behind it; without it the failure stays for ever. The count lives in the server, not in the conversation.
 *
 * - `httpError`: an HTTP answer instead of a stream; once bytes of this response are out, a `response.failed`.
 * - `failed`: `response.failed` with this code (`context_length_exceeded`, `server_is_overloaded`, …).
 * - `incomplete`: `response.incomplete` (`max_output_tokens`, `content_filter`).
 * - `cut`: the socket is destroyed. `end`: the stream ends properly but without a terminal event. `silence`: nothing more comes.
 */
export type FailureStep = { readonly times?: number } & (
  | {
      readonly type: 'httpError';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
  | { readonly type: 'incomplete'; readonly reason: string }
  | { readonly type: 'cut' }
  | { readonly type: 'end' }
  | { readonly type: 'silence' }
);

/** What the scripted model does, one after another, for one user message. */
export type ModelStep = TextStep | ReasoningStep | CallStep | ParallelStep | GateStep | PauseStep | FailureStep;

/** Whether the step ends a response and waits for tool outputs. */
export function isCall(step: ModelStep): step is CallStep | ParallelStep {
  switch (step.type) {
    case 'command':
    case 'patch':
    case 'plan':
    case 'question':
    case 'tool':
    case 'parallel':
      return true;
    case 'text':
    case 'reasoning':
    case 'gate':
    case 'pause':
    case 'httpError':
    case 'failed':
    case 'incomplete':
    case 'cut':
    case 'end':
    case 'silence':
      return false;
  }
}

/** Whether the step ends the response by a failure. */
export function isFailure(step: ModelStep): step is FailureStep {
  switch (step.type) {
    case 'httpError':
    case 'failed':
    case 'incomplete':
    case 'cut':
    case 'end':
    case 'silence':
      return true;
    case 'text':
    case 'reasoning':
    case 'gate':
    case 'pause':
    case 'command':
    case 'patch':
    case 'plan':
    case 'question':
    case 'tool':
    case 'parallel':
      return false;
  }
}
