import type { MessageId } from '@threadbridge/contract';
import type { Input } from './input.ts';
import type { Rules } from './rules.ts';
import type { SaidMessage, ScopeState } from './scope-state.ts';

/** People quote what is on their screen, rarely what is a week old. */
const remembered = 40;
/** Enough to know which message is meant: the agent has the whole of it in its thread. */
const longest = 400;

/** A quote that names its message by id alone gets the text of that message, if it is one of the latest here. */
export function recallQuote(state: ScopeState, input: Input): Input {
  if (input.type !== 'message.received') return input;
  const { event } = input;
  if (event.quote?.id === undefined || event.quote.text !== undefined) return input;
  const text = state.said?.findLast(({ id }) => id === event.quote?.id)?.text;
  return text === undefined ? input : { ...input, event: { ...event, quote: { ...event.quote, text } } };
}

/** Keeps the beginning of what was said on either side, where quotes name messages by id alone. */
export function rememberSaid(state: ScopeState, input: Input, rules: Rules): ScopeState {
  if (!rules.channels.get(state.scope.channel)?.quotesById) return state;
  const fresh = saidIn(input);
  return fresh === undefined ? state : { ...state, said: [...(state.said ?? []), fresh].slice(-remembered) };
}

function saidIn(input: Input): SaidMessage | undefined {
  switch (input.type) {
    case 'delivery.accepted':
      return input.message === undefined ? undefined : toSaid(input.message, input.text ?? '');
    case 'message.received':
      return input.event.message === undefined ? undefined : toSaid(input.event.message, input.event.text);
    default:
      return undefined;
  }
}

function toSaid(id: MessageId, text: string): SaidMessage | undefined {
  const characters = Array.from(text.trim());
  if (characters.length === 0) return undefined;
  return { id, text: characters.length > longest ? `${characters.slice(0, longest).join('')}…` : characters.join('') };
}
