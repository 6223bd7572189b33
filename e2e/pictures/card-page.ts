import { marked } from 'marked';

/** What is drawn of a chat: the words of a person, or a card. */
export type Bubble = { readonly said: string } | { readonly card: unknown };

type Part = Readonly<Record<string, unknown>>;

/** A chat with cards as one page, near to how the platform shows them. Draws the elements that our cards are made of; throws at any other. */
export function cardPage(bubbles: readonly Bubble[]): string {
  const rows = bubbles.map((bubble) =>
    'said' in bubble ? `<div class="said">${escaped(bubble.said)}</div>` : drawCard(bubble.card as Part),
  );
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><main>${rows.join('')}</main>`;
}

function drawCard(card: Part): string {
  const { header, body } = card as { readonly header?: Part; readonly body: { readonly elements: readonly Part[] } };
  const head = header === undefined ? '' : `<header class="${header.template ?? ''}">${label(header.title)}</header>`;
  return `<article>${head}<section>${drawAll(body.elements)}</section></article>`;
}

const drawAll = (elements: unknown): string => (elements as readonly Part[]).map(draw).join('');

function draw(element: Part): string {
  switch (element.tag) {
    case 'markdown':
      return `<div class="text">${marked.parse(String(element.content), { async: false, breaks: true })}</div>`;
    case 'button':
      return `<button class="${element.type ?? ''}">${label(element.text)}</button>`;
    case 'column_set':
      return `<div class="row">${drawAll(element.columns)}</div>`;
    case 'column':
      return `<div class="${element.width ?? ''}">${drawAll(element.elements)}</div>`;
    case 'collapsible_panel':
      return `<details><summary>${label((element.header as Part).title)}</summary>${drawAll(element.elements)}</details>`;
    case 'form':
      return `<form>${drawAll(element.elements)}</form>`;
    case 'input':
      return `<input placeholder="${label(element.placeholder)}">`;
    case 'hr':
      return '<hr>';
    default:
      throw new Error(`Nobody drew an element "${element.tag}" yet.`);
  }
}

const label = (text: unknown): string => escaped(String((text as Part | undefined)?.content ?? ''));
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const style = `
  body { margin: 0; font: 14px/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #1f2329; background: #f5f6f7 }
  main { display: flex; flex-direction: column; gap: 12px; padding: 20px; width: 560px; box-sizing: border-box }
  .said { align-self: flex-end; background: #d1e3ff; border-radius: 10px; padding: 8px 12px; max-width: 80% }
  article { background: #fff; border: 1px solid #dee0e3; border-radius: 10px; overflow: hidden }
  header { padding: 10px 14px; font-weight: 600; background: #e8eaed }
  header.blue { background: #e1eaff; color: #1c4cba } header.green { background: #d9f5d6; color: #186010 }
  header.orange { background: #feead2; color: #8f4f04 } header.red { background: #fde2e2; color: #ac2f28 }
  section { display: flex; flex-direction: column; gap: 8px; padding: 12px 14px }
  .text > :first-child { margin-top: 0 } .text > :last-child { margin-bottom: 0 }
  p { margin: 6px 0 } pre { background: #f5f6f7; border-radius: 6px; padding: 10px; margin: 6px 0; white-space: pre-wrap }
  code { font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; background: #f5f6f7; border-radius: 4px; padding: 0 3px }
  .row { display: flex; flex-wrap: wrap; gap: 8px } .weighted { flex: 1 }
  button { font: inherit; padding: 5px 14px; border-radius: 6px; border: 1px solid #d0d3d6; background: #fff; color: inherit }
  button.primary { background: #3370ff; border-color: #3370ff; color: #fff } button.danger { border-color: #f54a45; color: #d83931 }
  details { border: 1px solid #dee0e3; border-radius: 6px; padding: 6px 10px } summary { color: #646a73 }
  form { display: flex; gap: 8px } input { font: inherit; flex: 1; padding: 5px 10px; border: 1px solid #d0d3d6; border-radius: 6px }
  font[color=grey] { color: #8f959e; font-size: 12.5px }
`;
