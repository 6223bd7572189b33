import type { ModelRule, ModelStep } from '@threadbridge/testkit/model';
import { type Asked, readAsked, type Word } from './asked.ts';

/** How the model may be asked to answer. */
export const kinds = ['quick', 'slow', 'tool', 'ask'] as const;

export type Kind = (typeof kinds)[number] | 'steer';

/** Begins what the model says to a prompt, so that a message can be told by its first words. */
export const partOf = (tag: string) => `reply-${tag}.`;

/** Ends it: who can read this has the whole answer. */
export const wholeOf = (tag: string) => `whole-${tag}.`;

/** A turn runs the commands of its newest words, then answers everything in it that was not answered yet, in one message. */
function steps({ words, newest, answered }: Asked): readonly ModelStep[] {
  const open = words.filter(({ tag }) => !answered.has(tag));
  if (open.length === 0) return [];
  const [head, tail] = [open.map(({ tag }) => partOf(tag)).join(' '), open.map(({ tag }) => wholeOf(tag)).join(' ')];
  const isSlow = newest.some(({ kind }) => kind === 'slow');
  const answer: ModelStep = isSlow
    ? { type: 'text', text: `${head} ${'word '.repeat(40)}${tail}`, chunkSize: 10, chunkDelayMs: 30 }
    : { type: 'text', text: `${head} ${tail}` };
  return [...newest.flatMap(commandOf), answer];
}

function commandOf({ tag, kind }: Word): readonly ModelStep[] {
  switch (kind) {
    case 'tool':
      return [{ type: 'command', command: `echo ${tag} >> made-${tag}.txt` }];
    case 'ask':
      return [{ type: 'command', command: `touch asked-${tag}.txt`, escalate: 'May I?' }];
    case 'quick':
    case 'slow':
    case 'steer':
      return [];
  }
}

/** `takeBreak` says whether this answer breaks off where it stands, and is asked once for each. */
export function createRules(takeBreak: () => boolean): readonly ModelRule[] {
  return [
    {
      when: (request) => (readAsked(request)?.words.length ?? 0) > 0,
      reply(request) {
        const asked = readAsked(request);
        const all = asked === undefined ? [] : steps(asked);
        return takeBreak() ? [...all.slice(0, request.stepIndex), { type: 'cut' }] : all;
      },
    },
  ];
}
