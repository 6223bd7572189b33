import { closesFence, type Fence, opensFence } from './fence.ts';

/** Markdown as plain text, for places that show it literally: marks of emphasis and headings gone, links with their address. Pure. */
export function toPlain(markdown: string): string {
  const out: string[] = [];
  let fence: Fence | undefined;
  for (const line of markdown.replaceAll('\r\n', '\n').split('\n')) {
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
      else out.push(line);
      continue;
    }
    fence = opensFence(line);
    if (fence === undefined) out.push(plainLine(line));
  }
  return out.join('\n').trim();
}

function plainLine(line: string): string {
  return line
    .replace(/^ {0,3}#{1,6}[ \t]+/, '')
    .replace(/^(\s*)[-*+][ \t]+(?:\[[ xX]\][ \t]+)?/, '$1- ')
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part.slice(1, -1) : plainWords(part)))
    .join('');
}

function plainWords(text: string): string {
  return text
    .replaceAll(/!?\[([^\]\n]{0,500})\]\(([^()\s]+)\)/g, (_, label: string, url: string) =>
      label === '' || label === url ? url : `${label} (${url})`,
    )
    .replaceAll(/(?<![\w*])\*\*(?!\s)([^*\n]+)(?<!\s)\*\*(?![\w*])/g, '$1')
    .replaceAll(/(?<![\w*])\*(?!\s)([^*\n]+)(?<!\s)\*(?![\w*])/g, '$1')
    .replaceAll(/~~([^~\n]+)~~/g, '$1');
}
