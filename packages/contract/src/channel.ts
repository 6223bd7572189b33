import type { Attachment } from './artifact.ts';
import type { ChannelBatch } from './channel-event.ts';
import type { ChannelId, Cursor } from './ids.ts';
import type { JsonValue } from './json.ts';
import type { Link } from './link.ts';
import type { OutboundControls, OutboundMessage, SendOptions, SentMessage } from './outbound.ts';
import type { RunView } from './run-view.ts';
import type { ReplyContext, Scope } from './scope.ts';
import type { SendBudget } from './send-budget.ts';

/** A live connection to one chat account. Knows nothing of the core, the store or Codex. */
export interface Channel {
  readonly id: ChannelId;
  readonly limits: ChannelLimits;
  /** A member that is there is supported. */
  readonly capabilities: ChannelCapabilities;
  /**
   * The feed of inbound facts, from `cursor` on. Asking for the next batch acknowledges the previous one; a batch that was not
   * acknowledged is yielded again by the next call. Ends without an error within 100 ms of an abort. Own messages do not appear.
   * Throws `channel.unauthorized` where only a person can help; transient trouble is retried inside.
   */
  receive(options: { readonly cursor?: Cursor; readonly signal: AbortSignal }): AsyncIterable<ChannelBatch>;
  /**
   * Says one message and resolves when the platform accepted it. Throws a `GatewayError` of the `channel.` family; `certain: true`
   * means it surely was not sent. A text over the limit is refused with `channel.rejected`, never cut.
   */
  send(message: OutboundMessage, options: SendOptions): Promise<SentMessage>;
  /** Cuts Markdown into parts that each fit `limits.text`. Pure; the parts together hold everything. */
  split(markdown: string): readonly string[];
}

/** What the platform takes at most. Pure values: the core splits and waits by them before it asks for a send. */
export interface ChannelLimits {
  readonly text: { readonly max: number; readonly unit: 'bytes' | 'characters' };
  /** Present where the platform lets us speak only so often. `send` does not count; whoever sends keeps the state and asks the rule first. */
  readonly budget?: SendBudget;
}

/** What a channel may offer beyond receiving and sending. */
export interface ChannelCapabilities {
  /** Whether the platform can be heard, while `receive` is read. Absent: there is nothing to connect to, as for a terminal. */
  readonly link?: Link;
  /** `send` with a key seen within `lifetimeMs` is the same message again; without this a send is never repeated. */
  readonly keyedSend?: { readonly lifetimeMs: number };
  readonly live?: LiveView;
  /**
   * The sign that somebody is at work. `start` shows it until the signal aborts and resolves once it is gone; `clear` takes away what a
   * process that was killed may have left there, and is absent where that goes by itself.
   */
  readonly typing?: {
    start(scope: Scope, reply: ReplyContext, signal: AbortSignal): Promise<void>;
    clear?(scope: Scope, reply: ReplyContext): Promise<void>;
  };
  readonly attachments?: { fetch(ref: Attachment, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> };
  /** Quotes may name a message by its id alone; whoever keeps the conversation remembers what was said under which id. */
  readonly bareQuotes?: true;
  /** Where a login can be renewed while the program runs: resolves once `receive` and `send` use another than the one that ended, or on abort. */
  readonly relogin?: { wait(signal: AbortSignal): Promise<void> };
  /**
   * Buttons: a message's controls are shown and come back as `action.invoked`. `respond` answers a click in the place of the click (a
   * toast and a changed message), in time or late; where that cannot be done any more, by a message that hangs on it.
   */
  readonly actions?: { respond(reply: ReplyContext, message: OutboundMessage, options?: RespondOptions): Promise<void> };
}

/** How a click is answered. */
export interface RespondOptions {
  /** The message that was clicked stays as it is, for those who may still use it: only whoever clicked is told, if the platform can. */
  readonly keepsMessage?: true;
}

/** What a channel needs to change or close a live view, also in another process. Opaque to everyone else. */
export type LiveRef = JsonValue;

/** A view of a run that changes while the run goes on (a card, a line in a terminal). */
export interface LiveView {
  /** The least time between two updates of one view, ms. Default 0: as fast as the channel takes them. */
  readonly minIntervalMs?: number;
  /**
   * Opens a view, once per `to.key`: a second call with the same key within the channel's key lifetime answers with the ref of the
   * first, so that a crash between opening and recording leaves no view behind. `controls` are what may be done with the run now.
   */
  open(view: RunView, to: SendOptions, controls?: OutboundControls): Promise<LiveRef>;
  /** Answers with a new ref where the view had to move to another message. Called for the same ref one at a time. */
  update(ref: LiveRef, view: RunView, controls?: OutboundControls): Promise<LiveRef | undefined>;
  /**
   * Shows the end and the whole answer, and what may be done then, where it can. Needs the ref alone and may be called again with the same view after a crash.
   * Throws `channel.rejected` where the view cannot hold the answer; it is then sent as messages.
   */
  close(ref: LiveRef, view: RunView, controls?: OutboundControls): Promise<void>;
}
