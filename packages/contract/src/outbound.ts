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

/** What is said. */
export interface OutboundMessage {
  /** Markdown; the channel turns it into what its platform shows. At most the channel's `limits.text`. */
  readonly markdown: string;
  readonly actions?: readonly OutboundAction[];
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
