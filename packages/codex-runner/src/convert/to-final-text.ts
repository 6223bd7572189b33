import type { RunItem } from '@threadbridge/contract';

/**
 * The answer of a turn, out of its completed items: the messages Codex marks as final, else its last message. What it said on the way
 * ("I look at the tests first") is commentary, and is left out of the answer also where the model marks nothing.
 */
export function toFinalText(items: readonly RunItem[]): string {
  const messages = items.filter((item) => item.type === 'agent.message').filter((message) => message.text !== '');
  const final = messages.filter((message) => message.phase === 'final');
  const answer = final.length > 0 ? final : messages.slice(-1);
  return answer.map((message) => message.text).join('\n\n');
}
