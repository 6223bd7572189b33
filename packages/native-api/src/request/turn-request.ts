import type { Item } from './items.ts';
import type { AnswerSchema } from './to-schema.ts';
import type { FunctionTool } from './to-tools.ts';

/** One question to the model, the same for both routes. Everything in it has been checked but the model and its efforts. */
export interface TurnRequest {
  /** Absent: the configured default. */
  readonly model: string | undefined;
  readonly effort: string | undefined;
  /** Where the effort stood, for refusals. */
  readonly effortParam: string;
  readonly summary: string | undefined;
  readonly verbosity: string | undefined;
  readonly instructions: string | undefined;
  /** The whole conversation, oldest first. */
  readonly items: readonly Item[];
  readonly format: AnswerSchema | undefined;
  /** What the model may call. */
  readonly tools: readonly FunctionTool[];
  readonly hasParallelCalls: boolean;
  readonly maxOutputTokens: number | undefined;
  readonly stop: readonly string[];
  /** Text that was streamed cannot be taken back. */
  readonly isStream: boolean;
}

/** What both routes say beside the question. */
export interface RequestNotes {
  readonly taskClass: string | undefined;
  /** Names of parameters that have no effect here. */
  readonly ignored: readonly string[];
}
