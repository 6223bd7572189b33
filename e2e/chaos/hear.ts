import { wordsIn } from './asked.ts';

/** What a message tells about prompts. */
export type Heard =
  /** The whole answer to one. */
  | { readonly type: 'answer'; readonly tag: string }
  /** It did not go as wished with these, or nobody knows. `isCut`: more names were left out behind the last; `count`: so many are meant in all. */
  | { readonly type: 'named'; readonly tags: readonly string[]; readonly isCut: boolean; readonly count?: number }
  /** Words for the run in progress went nowhere, or nobody knows where. */
  | { readonly type: 'astray'; readonly tags: readonly string[] }
  /** Words for the run in progress were put into it, or wait for the next. */
  | { readonly type: 'put'; readonly tags: readonly string[] }
  /** A run ended before its answer; which one goes without saying. `isInDoubt`: told in a doubt about the message that tells it. */
  | { readonly type: 'ended'; readonly isInDoubt?: true };

const doubt = /(?:may or may not have arrived|could not be delivered).*It began: “(.*)”/;
const end =
  /^(?:The run was cut off|Your message\b.* did not reach Codex|Busy: your message\b.* was not taken|The turn failed|The turn was interrupted|Stopped(?:[.:,]| \(“))/;
const steer = /^(?:Nothing is running, so “|It is unknown whether your steering words)/;
const put = /^(?:Put into the run in progress|Your message.* could not be put into the run in progress)/;
const dropped = /^(\d+) waiting messages? .*(?:was|were) dropped/;
const refused = /^Busy: \d+ messages already wait here/;
const part = /\b(?:reply|whole)-([wf]\d+)\./g;
const whole = /\bwhole-([wf]\d+)\./g;

/** Reads one message as a person would. Pure. */
export function hear(text: string): readonly Heard[] {
  const lines = text.split('\n').map((line) => line.trim());
  const plain = lines.filter((line) => !doubt.test(line));
  const parts = tagsBy(part, plain.join('\n'));
  return [
    ...tagsBy(whole, plain.join('\n')).map((tag): Heard => ({ type: 'answer', tag })),
    ...plain.flatMap((line) => hearLine(line, parts)),
    ...lines.flatMap((line) => {
      const excerpt = doubt.exec(line)?.[1];
      return excerpt === undefined ? [] : hearExcerpt(excerpt);
    }),
  ];
}

function hearLine(line: string, parts: readonly string[]): readonly Heard[] {
  const count = dropped.exec(line)?.[1];
  if (count !== undefined) return [{ type: 'named', ...quoted(line), count: Number(count) }];
  if (refused.test(line)) return [{ type: 'named', ...quoted(line) }];
  if (put.test(line)) return [{ type: 'put', tags: quoted(line).tags }];
  if (steer.test(line)) return [{ type: 'astray', tags: quoted(line).tags }];
  if (!end.test(line)) return [];
  const { tags, isCut } = quoted(line);
  const all = [...parts, ...tags];
  return [all.length === 0 ? { type: 'ended' } : { type: 'named', tags: all, isCut }];
}

/** The message in doubt may have told something itself. */
function hearExcerpt(excerpt: string): readonly Heard[] {
  const tags = tagsBy(part, excerpt);
  if (tags.length > 0) return [{ type: 'named', tags, isCut: excerpt.endsWith('…') }];
  return hearLine(excerpt, []).map((one) => (one.type === 'ended' ? { ...one, isInDoubt: true } : one));
}

/** The prompts that a line quotes. */
function quoted(line: string): { readonly tags: readonly string[]; readonly isCut: boolean } {
  const quote = /“([^”]*)/.exec(line)?.[1] ?? '';
  return { tags: wordsIn(quote).map(({ tag }) => tag), isCut: quote.endsWith('…') };
}

function tagsBy(pattern: RegExp, text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([, tag = '']) => tag))];
}
