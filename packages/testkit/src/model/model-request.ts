import type { OfferedTools } from './offered-tools.ts';

/** The output of a tool call that came back to the model. */
export interface ToolOutput {
  readonly callId: string;
  /** Text parts joined by line ends; pictures are left out. */
  readonly text: string;
}

/** One request as it arrived, with the conversation read from its body. Requests that are no model request have an empty one. */
export interface ModelRequest {
  /** Epoch ms, on the model's clock. */
  readonly at: number;
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; undefined when there was none or it was not JSON. */
  readonly body: unknown;
  readonly model: string;
  /** Codex thread, from `client_metadata.thread_id`, else `prompt_cache_key`, else empty. */
  readonly threadId: string;
  /** What the user wrote in this thread, oldest first. Messages that Codex itself adds as the user are left out. */
  readonly userTexts: readonly string[];
  /** The last of `userTexts`, or empty. */
  readonly lastUserText: string;
  /** Pictures in the last user message. */
  readonly lastUserPictures: number;
  readonly tools: OfferedTools;
  /** Outputs of the script's own calls since the last user message. */
  readonly outputs: readonly ToolOutput[];
  /** Where the script goes on: one behind the last step whose call was answered since the last user message. */
  readonly stepIndex: number;
  /** `compaction` when Codex asks for a summary of the thread in place of an answer. */
  readonly purpose: 'turn' | 'compaction' | 'other';
}
