import type { ModelRequest, ModelRule, ModelStep } from '@threadbridge/testkit/model';
import { replyTo } from './judge.ts';

/** What a person may ask for. The tag names the prompt; the word behind it says how the model answers. */
export const kinds = ['quick', 'slow', 'tool', 'ask'] as const;

const request = /\b([a-z]+\d+) (quick|slow|tool|ask)\b/g;

/** The tags in the person's newest words. */
export function tagsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/\b([wf]\d+) (?:quick|slow|tool|ask|steer)\b/g), ([, tag = '']) => tag);
}

/** Several prompts may have been joined into one turn; each gets its own words. */
function steps({ lastUserText }: ModelRequest): readonly ModelStep[] {
  return Array.from(lastUserText.matchAll(request)).flatMap(([, tag = '', kind]): readonly ModelStep[] => {
    const answer: ModelStep = { type: 'text', text: replyTo(tag) };
    switch (kind) {
      case 'slow':
        return [{ type: 'text', text: `${'word '.repeat(40)}${replyTo(tag)}`, chunkSize: 10, chunkDelayMs: 30 }];
      case 'tool':
        return [{ type: 'command', command: `echo ${tag} >> made-${tag}.txt` }, answer];
      case 'ask':
        return [{ type: 'command', command: `touch asked-${tag}.txt`, escalate: 'May I?' }, answer];
      default:
        return [answer];
    }
  });
}

export const rules: readonly ModelRule[] = [{ when: (asked) => asked.lastUserText.search(request) >= 0, reply: steps }];

/** In which turns each tag was the person's newest word. */
export function turnsByTag(requests: readonly ModelRequest[]): ReadonlyMap<string, ReadonlySet<string>> {
  const turns = new Map<string, Set<string>>();
  for (const { headers, lastUserText } of requests) {
    const metadata = headers['x-codex-turn-metadata'];
    const turn = metadata === undefined ? undefined : (JSON.parse(metadata) as { readonly turn_id?: string }).turn_id;
    if (turn === undefined) continue;
    for (const tag of tagsIn(lastUserText)) turns.set(tag, (turns.get(tag) ?? new Set()).add(turn));
  }
  return turns;
}
