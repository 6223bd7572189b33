import type { ApprovalId, ItemId } from './ids.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** The words of Codex, and `acceptAlways` for a permanent rule that Codex proposed. */
export type ApprovalDecision = 'accept' | 'acceptForSession' | 'acceptAlways' | 'decline' | 'cancel';

/** One change of one file. `diff` is hunks for an update and plain content for an added file, as Codex gives them. */
export interface FileChange {
  /** Absolute. */
  readonly path: string;
  readonly kind: 'add' | 'delete' | 'update';
  readonly movedTo?: string;
  readonly diff: string;
}

/** A question put to the user by the model. */
export interface UserQuestion {
  readonly id: string;
  readonly header: string;
  readonly question: string;
  readonly isSecret: boolean;
  /** Absent: free text. */
  readonly options?: readonly { readonly label: string; readonly description: string }[];
  /** A free answer is welcome beside the options. */
  readonly allowsOther: boolean;
}

interface ApprovalBase {
  readonly id: ApprovalId;
  readonly item?: ItemId;
  readonly reason?: string;
  /** What may be answered; made from the request itself, never from a fixed list. */
  readonly offered: readonly ApprovalDecision[];
  /** What `acceptAlways` would allow, in words, where it is offered. */
  readonly alwaysRule?: string;
}

/** A question of the agent that waits for a person. */
export type Approval =
  | (ApprovalBase & { readonly kind: 'command'; readonly command: string; readonly cwd?: string; readonly network?: string })
  | (ApprovalBase & { readonly kind: 'fileChange'; readonly changes: readonly FileChange[] })
  | (ApprovalBase & { readonly kind: 'permissions'; readonly permissions: JsonObject; readonly cwd?: string })
  | (ApprovalBase & { readonly kind: 'userInput'; readonly questions: readonly UserQuestion[] })
  | (ApprovalBase & {
      readonly kind: 'elicitation';
      readonly server: string;
      readonly message: string;
      readonly schema?: JsonObject;
      readonly url?: string;
    })
  | (ApprovalBase & { readonly kind: 'toolCall'; readonly tool: string; readonly arguments: JsonValue });

/** What is answered. The first two forms fit every kind; the others the kind they are named after. */
export type Answer =
  | { readonly type: 'decision'; readonly decision: ApprovalDecision }
  | { readonly type: 'permissions'; readonly granted: JsonObject; readonly scope: 'turn' | 'session' }
  | { readonly type: 'userInput'; readonly answers: Readonly<Record<string, readonly string[]>> }
  | { readonly type: 'elicitation'; readonly action: 'accept' | 'decline' | 'cancel'; readonly content?: JsonValue }
  | { readonly type: 'toolResult'; readonly isSuccess: boolean; readonly text: string };
