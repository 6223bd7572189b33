import type { MessageReceived } from '@threadbridge/contract';
import type { Prompt } from './scope-state.ts';

/** A message as words that wait for a run; `text` where only a part of it is meant. */
export function toPrompt(event: MessageReceived, text: string = event.text): Prompt {
  return {
    event: event.id,
    ...(event.message && { message: event.message }),
    actor: event.actor.id,
    ...(event.actor.name !== undefined && { name: event.actor.name }),
    ...(event.quote && { quote: event.quote }),
    text,
    at: event.at,
  };
}
