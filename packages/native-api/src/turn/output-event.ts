import type { TokenCount } from '@threadbridge/contract';

/** What an answer consists of, in the order in which it comes. Items open and close one after another. */
export type OutputEvent =
  | { readonly type: 'reasoning.opened' }
  | { readonly type: 'reasoning.delta'; readonly part: number; readonly delta: string }
  | { readonly type: 'reasoning.closed' }
  | { readonly type: 'message.opened' }
  | { readonly type: 'text'; readonly delta: string }
  | { readonly type: 'message.closed'; readonly isComplete: boolean }
  /** The open message is void and was not seen by anybody; another may follow. */
  | { readonly type: 'message.dropped' }
  | { readonly type: 'call'; readonly callId: string; readonly name: string; readonly arguments: string }
  /** The last one. `calls`: the answer goes on when the calls are answered. Tokens of this answer alone, null where Codex told none. */
  | { readonly type: 'ended'; readonly reason: EndReason; readonly usage: TokenCount | null };

export type EndReason = 'completed' | 'calls' | 'length' | 'stop';
