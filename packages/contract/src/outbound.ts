import type { Artifact } from './artifact.ts';
import type { EffectKey, MessageId } from './ids.ts';
import type { ReplyContext, Scope } from './scope.ts';

/** A button, where the channel has buttons; elsewhere the text names the command that does the same. */
export interface OutboundAction {
  readonly label: string;
  /** Opaque and single use; comes back in `action.invoked`. */
  readonly token: string;
  readonly style?: 'primary' | 'danger';
}

/** One of several things to pick from: a thread, a workspace. */
export interface OutboundChoice {
  readonly label: string;
  /** A second, quieter line. */
  readonly detail?: string;
  /** Opaque and single use; comes back in `action.invoked`. */
  readonly token: string;
}

/** Something to fill in. */
export interface OutboundField {
  /** The key of the answer in `action.invoked`'s `values`. */
  readonly name: string;
  readonly label: string;
  /** Present: one of these is chosen, and its `value` comes back. Absent: free text. */
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  /** What stands there before anybody types. */
  readonly initial?: string;
  readonly isRequired?: boolean;
}

/** Fields sent together. The answer is an `action.invoked` with the token of `submit` and the fields' `values`. */
export interface OutboundForm {
  readonly fields: readonly OutboundField[];
  readonly submit: OutboundAction;
}

/** What a person may do with a message where the channel has buttons. A channel shows what it can and leaves out the rest. */
export interface OutboundControls {
  readonly actions?: readonly OutboundAction[];
  readonly choices?: readonly OutboundChoice[];
  readonly form?: OutboundForm;
}

/** What is said. */
export interface OutboundMessage extends OutboundControls {
  /** Markdown; the channel turns it into what its platform shows. At most the channel's `limits.text`. */
  readonly markdown: string;
  /** A short heading, where the platform shows one apart from the text (the head of a card). */
  readonly title?: string;
  readonly files?: readonly Artifact[];
}

/** Where and under which key it is said. */
export interface SendOptions {
  readonly to: Scope;
  readonly reply?: ReplyContext;
  /** Names this message for ever: the same key is the same message, also after a restart. */
  readonly key: EffectKey;
  readonly signal?: AbortSignal;
}

/** The platform accepted the message. */
export interface SentMessage {
  /** Absent where the platform accepts without naming the message. */
  readonly id?: MessageId;
}
