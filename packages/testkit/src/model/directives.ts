/** One `[[name: argument]]` found in a prompt. */
export interface Directive {
  /** Lower case, without the mark. */
  readonly name: string;
  /** True for `[[name!: …]]`. */
  readonly isUrgent: boolean;
  /** The text behind the colon, trimmed; empty when there is none. */
  readonly argument: string;
}

/** A prompt taken apart. */
export interface ParsedPrompt {
  readonly directives: readonly Directive[];
  /** The prompt without its directives, trimmed. */
  readonly rest: string;
}

/** Full-width brackets and colons are taken too, since Chinese keyboards write them. */
const pattern = /(?:\[\[|【【)\s*([\p{L}][\p{L}\d-]*)\s*([!！]?)\s*(?:[:：]([\s\S]*?))?(?:\]\]|】】)/gu;

/** Finds the directives of a prompt in their order. Text that only resembles one stays in `rest`. */
export function parseDirectives(prompt: string): ParsedPrompt {
  const directives: Directive[] = [];
  const rest = prompt.replace(pattern, (_, name: string, mark: string, argument: string | undefined) => {
    directives.push({ name: name.toLowerCase(), isUrgent: mark !== '', argument: (argument ?? '').trim() });
    return ' ';
  });
  return { directives, rest: rest.trim() };
}

/** Parts of an argument between bars, trimmed. With a limit, further bars stay in the last part. */
export function splitArgument(argument: string, limit = Number.POSITIVE_INFINITY): readonly string[] {
  const parts = argument.split(/[|｜]/);
  if (parts.length <= limit) return parts.map((part) => part.trim());
  const head = parts.slice(0, limit - 1);
  const tail = argument.slice(head.reduce((length, part) => length + part.length + 1, 0));
  return [...head, tail].map((part) => part.trim());
}

/** Turns a written `\n` into a line end, so that a one-line prompt can hold several lines. */
export function unescapeLines(text: string): string {
  return text.replaceAll('\\n', '\n');
}
