import { closesFence, type Fence, opensFence } from './fence.ts';
import { isTableRule, toRows } from './table.ts';

/**
 * Markdown as text that reads well in a chat, whether the phone renders Markdown or not: headings in brackets, marks of emphasis gone,
 * links with their address behind, tables as lines. Code stays as it is, in its fences and backticks: phones that render would otherwise
 * eat underscores and everything behind a `<`. Pure; no words are lost.
 */
export function toChatText(markdown: string): string {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  const out: string[] = [];
  let fence: Fence | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
      out.push(line);
      continue;
    }
    fence = opensFence(line);
    if (fence !== undefined) out.push(line);
    else if (isTableRule(lines[at + 1]) && line.includes('|')) {
      const end = endOfTable(lines, at + 2);
      out.push(...toRows(line, lines.slice(at + 2, end)).map(inline));
      at = end - 1;
    } else out.push(toLine(line));
  }
  return out
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

function endOfTable(lines: readonly string[], from: number): number {
  let end = from;
  while (lines[end]?.includes('|')) end += 1;
  return end;
}

function toLine(line: string): string {
  const heading = /^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(line)?.[1];
  if (heading !== undefined) return heading === '' ? '' : `【${inline(heading)}】`;
  if (/^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(line)) return '———';
  const [, indent, task, rest] = /^(\s*)[-*+][ \t]+(?:\[([ xX])\][ \t]+)?(.*)$/.exec(line) ?? [];
  if (indent === undefined || rest === undefined) return inline(line);
  return `${indent}${task === undefined ? '-' : task === ' ' ? '☐' : '☑'} ${inline(rest)}`;
}

/** A line without any marks, those of headings and code included. */
export function toPlain(line: string): string {
  const heading = /^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(line)?.[1] ?? line;
  return inline(heading)
    .replaceAll(/(`+)([^`]+)\1/g, '$2')
    .trim();
}

/** Marks inside a line, code spans apart. */
function inline(line: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = line.indexOf('`'); at !== -1; at = line.indexOf('`', at)) {
    const marks = /^`+/.exec(line.slice(at))?.[0] ?? '`';
    const end = endOfSpan(line, at + marks.length, marks);
    if (end === undefined) {
      at += marks.length;
      continue;
    }
    parts.push(plain(line.slice(from, at)), line.slice(at, end));
    from = end;
    at = end;
  }
  return parts.join('') + plain(line.slice(from));
}

/** Behind the same number of backticks. */
function endOfSpan(line: string, from: number, marks: string): number | undefined {
  for (let at = line.indexOf(marks, from); at !== -1; at = line.indexOf(marks, at)) {
    const run = /^`+/.exec(line.slice(at))?.[0].length ?? 0;
    if (run === marks.length) return at + run;
    at += run;
  }
  return undefined;
}

const escaped = /\\([*_`[\]#>~|\\])/g;
const hidden = '\u{f0000}';

function plain(text: string): string {
  if (!/[*_~[<\\]/.test(text)) return text;
  const kept: string[] = [];
  return text
    .replaceAll(hidden, '')
    .replace(escaped, (_, mark: string) => {
      kept.push(mark);
      return hidden;
    })
    .replace(/!\[([^\]\n]{0,500})\]\(([^()\s]+)[^()]*\)/g, (_, alt: string, url: string) => (alt === '' ? url : `${alt}: ${url}`))
    .replace(/\[([^\]\n]{1,500})\]\(<?((?:[^()\s>]|\([^()\s]*\))+)>?(?:\s+"[^"\n]*")?\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label} (${url})`,
    )
    .replace(/<((?:https?|mailto):[^\s<>]+)>/g, '$1')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/(?<![\w*])\*\*\*(?![\s*])([^\n]*?[^\s*])\*\*\*(?!\*)/g, '$1')
    .replace(/(?<![\w*])\*\*(?![\s*])([^\n]*?[^\s*])\*\*(?!\*)/g, '$1')
    .replace(/(?<![\w*])\*(?![\s*])([^*\n]*?[^\s*])\*(?![\w*])/g, '$1')
    .replace(/(?<!\w)__(?![\s_])([^\n_]*\s[^\n_]*[^\s_])__(?!\w)/g, '$1')
    .replace(/(?<!\w)_(?![\s_])([^_\n]*?[^\s_])_(?!\w)/g, '$1')
    .replace(/~~(?![\s~])([^\n~]*?[^\s~])~~/g, '$1')
    .replace(/<(?=[A-Za-z/!?])/g, '＜')
    .replaceAll(hidden, () => kept.shift() ?? '');
}
