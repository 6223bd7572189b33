import type { TokenCount } from '@threadbridge/contract';
import type { EndReason, OutputEvent } from '../turn/output-event.ts';
import type { Call } from './chat-object.ts';

/** Between two messages of one answer, which a chat shows as one. */
const between = '\n\n';

/** A chat answer as it grows: one text and its calls. Reasoning has no place in a chat. */
export interface ChatLog {
  /** The words this event adds; empty for all events but texts. */
  take(event: OutputEvent): string;
  readonly text: string;
  readonly calls: readonly Call[];
  readonly end: { readonly reason: EndReason; readonly usage: TokenCount | null } | undefined;
}

export function createChatLog(): ChatLog {
  const pieces: string[] = [];
  const calls: Call[] = [];
  let end: ChatLog['end'];
  /** Where the message that is being written begins among the pieces. */
  let start = 0;
  let isNewMessage = false;

  return {
    take(event) {
      switch (event.type) {
        case 'message.opened':
          start = pieces.length;
          isNewMessage = start > 0;
          return '';
        case 'text': {
          const words = isNewMessage ? between + event.delta : event.delta;
          isNewMessage = false;
          pieces.push(words);
          return words;
        }
        case 'message.dropped':
          pieces.length = start;
          return '';
        case 'call':
          calls.push(event);
          return '';
        case 'ended':
          end = event;
          return '';
        default:
          return '';
      }
    },
    get text() {
      return pieces.join('');
    },
    calls,
    get end() {
      return end;
    },
  };
}
