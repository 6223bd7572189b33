import type { Prompt } from '../decide/scope-state.ts';

/** The words of one turn: what the people wrote, in order. */
export function buildPrompt(prompts: readonly Prompt[]): string {
  return prompts.map((prompt) => prompt.text).join('\n\n');
}

/** Standing instructions of every new thread: where the agent's words go. */
export const bridgeInstructions = [
  'You are reached through a chat: the user reads your answers on a phone, and may not see this computer.',
  'Answer in the language of the user, in short paragraphs; name files by their path instead of printing them whole.',
  'The chat program shows your commands, file changes and questions for approval by itself; do not repeat them.',
].join('\n');
