import type {
  ActorId,
  EventId,
  MessageId,
  Quote,
  ReviewTarget,
  RunRequest,
  ThreadId,
  WorkspacePath,
} from '@threadbridge/contract';
import type { PromptFiles } from './prompt-files.ts';

/** Words that wait for a run. */
export interface Prompt {
  /** It asks for a review instead of an answer. */
  readonly review?: ReviewTarget;
  /** What a task asks for beyond its words. */
  readonly request?: RunRequest;
  readonly event: EventId;
  readonly message?: MessageId;
  readonly actor: ActorId;
  /** As the writer calls themselves. */
  readonly name?: string;
  /** What the message points at. */
  readonly quote?: Quote;
  readonly text: string;
  readonly at: number;
  /** Absent: it came without. */
  readonly files?: PromptFiles;
  /** Where it goes, if not to the thread of the conversation. */
  readonly target?: PromptTarget;
}

/** A named thread to which words are sent once, as it was when they were sent. */
export interface PromptTarget {
  readonly alias: string;
  readonly thread: ThreadId;
  readonly workspace: WorkspacePath;
}
