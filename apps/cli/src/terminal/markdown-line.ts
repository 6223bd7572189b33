import { plainText } from './plain-text.ts';
import type { Line, Span, Style } from './spans.ts';
import { textWidth } from './text-width.ts';

/** Whether the next line stands inside a code fence, and of which language. */
export interface MarkdownState {
  readonly fence?: { readonly mark: string; readonly language: string };
}

export const startOfMarkdown: MarkdownState = {};

/** One line of Markdown as it looks on a screen. Needs the state that the line before left. */
export function markdownLine(state: MarkdownState, source: string): { readonly state: MarkdownState; readonly line: Line } {
  const raw = plainText(source).replaceAll('\n', ' ');
  const text = raw.replaceAll('\t', '    ');
  const fence = /^\s*(`{3,}|~{3,})\s*([\w+-]*)/.exec(text);
  if (state.fence !== undefined) {
    const closes = fence !== null && (fence[1] ?? '').startsWith(state.fence.mark) && text.trim() === fence[1];
    const style = closes ? 'dim' : codeStyle(state.fence.language, text);
    return { state: closes ? {} : state, line: { raw, spans: [{ text, ...(style && { style }) }], isCode: true } };
  }
  if (fence !== null) {
    const [, mark = '', language = ''] = fence;
    return { state: { fence: { mark, language } }, line: { raw, spans: [{ text, style: 'dim' }], isCode: true } };
  }
  const heading = /^(#{1,6})\s+(.*)$/.exec(text);
  if (heading !== null) {
    const style = (heading[1] ?? '').length === 1 ? 'heading' : 'bold';
    return { state, line: { raw, spans: [{ text: heading[2] ?? '', style }] } };
  }
  const start = /^(\s*(?:[-*+]|\d{1,3}[.)])\s+|\s*>\s?|\s+)/.exec(text)?.[1] ?? '';
  const marker = start.replace(/^(\s*)[*+-](\s)/, '$1•$2');
  const spans: readonly Span[] = marker === '' ? inlineSpans(text) : [{ text: marker }, ...inlineSpans(text.slice(start.length))];
  return { state, line: { raw, spans, ...(marker !== '' && { hang: textWidth(marker) }) } };
}

/** All lines of a Markdown text. */
export function markdownLines(markdown: string): readonly Line[] {
  let state = startOfMarkdown;
  return markdown.split('\n').map((source) => {
    const next = markdownLine(state, source);
    state = next.state;
    return next.line;
  });
}

function codeStyle(language: string, text: string): Style | undefined {
  if (language !== 'diff' && language !== 'patch') return undefined;
  if (/^(\+\+\+|---|diff |index )/.test(text)) return 'bold';
  if (text.startsWith('@@')) return 'cyan';
  if (text.startsWith('+')) return 'green';
  return text.startsWith('-') ? 'red' : undefined;
}

/** Bold and code; everything else stays as written. */
function inlineSpans(text: string): readonly Span[] {
  return text
    .split(/(`[^`]+`|\*\*[^*\s](?:[^*]*[^*\s])?\*\*)/)
    .filter((part) => part !== '')
    .map((part): Span => {
      if (/^`[^`]+`$/.test(part)) return { text: part.slice(1, -1), style: 'cyan' };
      if (/^\*\*.+\*\*$/.test(part)) return { text: part.slice(2, -2), style: 'bold' };
      return { text: part };
    });
}
