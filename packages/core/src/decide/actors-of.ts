import type { ActorId } from '@threadbridge/contract';
import type { Prompt } from './prompt.ts';

/** Everyone whose words a run carries; policy grants what the least of them may. */
export function actorsOf(prompts: readonly Prompt[]): readonly ActorId[] {
  return prompts.map((prompt) => prompt.actor);
}
