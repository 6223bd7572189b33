import type { MessageReceived } from '@threadbridge/contract';
import type { Prompt } from './prompt.ts';
import { spokenIn } from './prompt-files.ts';

/** A message as words that wait for a run; `text` where only a part of it is meant. */
export function toPrompt(event: MessageReceived, text: string = wordsOf(event)): Prompt {
  return {
    event: event.id,
    ...(event.message && { message: event.message }),
    actor: event.actor.id,
    ...(event.actor.name !== undefined && { name: event.actor.name }),
    ...(event.quote && { quote: event.quote }),
    text,
    at: event.at,
    ...(event.request && { request: event.request }),
  };
}

function wordsOf(event: MessageReceived): string {
  return [event.text, ...spokenIn(event)].filter((words) => words.trim() !== '').join('\n');
}
