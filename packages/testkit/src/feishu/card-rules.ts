import { isObject, type JsonObject, stringField } from '../model/json.ts';
import type { FeishuRules } from './world.ts';

/** Why a card is refused: the code that CardKit gives, and the inner one that a message call wraps in 230099. */
export interface CardRefusal {
  readonly code: number;
  readonly inner: number;
  readonly message: string;
}

const common = ['tag', 'element_id', 'margin'];
/** Components of card JSON 2.0 with the properties they may have. */
const components: Readonly<Record<string, readonly string[]>> = {
  markdown: ['content', 'text_align', 'text_size', 'icon'],
  plain_text: ['content', 'text_size', 'text_color', 'text_align', 'lines', 'i18n'],
  lark_md: ['content'],
  div: ['text', 'icon', 'width'],
  hr: [],
  img: ['img_key', 'alt', 'title', 'mode', 'preview', 'scale_type', 'size', 'corner_radius', 'transparent'],
  table: ['columns', 'rows', 'page_size', 'row_height', 'header_style', 'freeze_first_column'],
  button: [
    ...['text', 'type', 'size', 'width', 'behaviors', 'confirm', 'disabled', 'disabled_tips', 'name', 'icon'],
    ...['hover_tips', 'form_action_type', 'required', 'complex_interaction'],
  ],
  input: [
    ...['name', 'placeholder', 'default_value', 'max_length', 'input_type', 'required', 'rows', 'auto_resize', 'max_rows'],
    ...['label', 'label_position', 'width', 'disabled', 'behaviors', 'value', 'fallback', 'show_icon', 'confirm'],
  ],
  form: ['name', 'elements', 'direction', 'padding', 'vertical_spacing', 'horizontal_spacing', 'confirm'],
  collapsible_panel: [
    ...['expanded', 'header', 'elements', 'border', 'background_color', 'direction', 'padding', 'vertical_spacing'],
    ...['horizontal_spacing', 'vertical_align', 'horizontal_align'],
  ],
  column_set: ['columns', 'flex_mode', 'background_style', 'horizontal_spacing', 'horizontal_align', 'action'],
  column: [
    ...['elements', 'width', 'weight', 'vertical_align', 'horizontal_align', 'vertical_spacing', 'horizontal_spacing'],
    ...['direction', 'padding', 'background_style', 'action'],
  ],
  interactive_container: ['elements', 'behaviors', 'width', 'height', 'padding', 'has_border', 'corner_radius', 'disabled'],
  select_static: ['name', 'options', 'placeholder', 'initial_option', 'required', 'width', 'type', 'behaviors', 'disabled'],
  multi_select_static: ['name', 'options', 'placeholder', 'selected_values', 'required', 'width', 'type', 'behaviors'],
  select_person: ['name', 'options', 'placeholder', 'required', 'width', 'type', 'behaviors'],
  checker: ['name', 'text', 'checked', 'behaviors', 'overall_checkable', 'disabled'],
  overflow: ['options', 'behaviors', 'width'],
  date_picker: ['name', 'placeholder', 'initial_date', 'required', 'width', 'behaviors'],
};
const topLevel = ['schema', 'config', 'card_link', 'header', 'body'];
const configKeys = [
  ...['streaming_mode', 'streaming_config', 'summary', 'update_multi', 'enable_forward', 'width_mode', 'style', 'locales'],
  ...['enable_forward_interaction', 'use_custom_translation'],
];

/** Looks at a whole card as the platform does: shape, bytes, elements, nesting, tables. Undefined: it is accepted. */
export function checkCard(card: unknown, rules: FeishuRules): CardRefusal | undefined {
  if (!isObject(card)) return refusal(300_303, 200_621, 'the card is no JSON object');
  if (card.schema !== '2.0') return refusal(300_303, 200_621, 'schema is not "2.0"');
  const size = Buffer.byteLength(JSON.stringify(card));
  if (size > rules.maxCardBytes) return refusal(200_860, 200_860, `the card has ${size} bytes`);
  const unknown = Object.keys(card).find((key) => !topLevel.includes(key));
  if (unknown !== undefined) return refusal(300_303, 200_621, `unknown property ${unknown}`);
  const config = isObject(card.config) ? card.config : {};
  const strange = Object.keys(config).find((key) => !configKeys.includes(key));
  if (strange !== undefined) return refusal(300_303, 200_621, `unknown property config.${strange}`);
  if (config.update_multi === false) return refusal(300_302, 200_621, 'update_multi must stay true');
  if (card.header !== undefined && !isObject((card.header as JsonObject).title))
    return refusal(300_303, 200_621, 'a header needs a title');
  const elements = isObject(card.body) && Array.isArray(card.body.elements) ? card.body.elements : undefined;
  if (elements === undefined) return refusal(300_307, 200_621, 'the body has no elements');
  return checkElements(elements, rules);
}

/** The same for the elements alone, as they stand after an operation on some of them. */
export function checkElements(elements: readonly unknown[], rules: FeishuRules): CardRefusal | undefined {
  const seen = { count: 0, tables: 0, ids: new Set<string>(), names: new Set<string>() };
  const wrong = checkAll(elements, 1, [], seen);
  if (wrong !== undefined) return wrong;
  if (seen.count > rules.maxCardElements) return refusal(300_305, 11_310, `${seen.count} elements`);
  if (seen.tables > rules.maxCardTables) return refusal(230_099, 11_310, 'card table number over limit');
  return undefined;
}

interface Seen {
  count: number;
  tables: number;
  readonly ids: Set<string>;
  readonly names: Set<string>;
}

function checkAll(elements: readonly unknown[], depth: number, inside: readonly string[], seen: Seen): CardRefusal | undefined {
  if (depth > 6) return refusal(300_303, 200_621, 'containers are nested deeper than five');
  for (const element of elements) {
    const wrong = checkElement(element, depth, inside, seen);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function checkElement(element: unknown, depth: number, inside: readonly string[], seen: Seen): CardRefusal | undefined {
  const tag = stringField(element, 'tag');
  const allowed = components[tag];
  if (!isObject(element) || allowed === undefined) return refusal(300_303, 200_861, `unsupported tag ${tag}`);
  const unknown = Object.keys(element).find((key) => !allowed.includes(key) && !common.includes(key));
  if (unknown !== undefined) return refusal(300_303, 200_621, `unknown property ${unknown} of ${tag}`);
  seen.count += 1;
  const id = element.element_id;
  if (id !== undefined) {
    if (typeof id !== 'string' || !/^[A-Za-z]\w{0,19}$/.test(id)) return refusal(300_301, 200_621, `element_id ${String(id)}`);
    if (seen.ids.has(id)) return refusal(300_301, 200_621, `duplicate element_id ${id}`);
    seen.ids.add(id);
  }
  if (tag === 'form' && inside.length > 0) return refusal(300_303, 200_621, 'a form stands only at the root');
  if (tag === 'table' && inside.length > 0 && inside.at(-1) !== 'column')
    return refusal(300_303, 200_621, `table in ${inside.at(-1)}`);
  if (tag === 'table') seen.tables += 1;
  if (tag === 'markdown') {
    const content = stringField(element, 'content');
    seen.tables += countTables(content);
    if (/!\[[^\]]*\]\(https?:/.test(content)) return refusal(300_303, 200_570, 'an image is no image key');
  }
  if (inside.includes('form') && (tag === 'input' || tag === 'button')) {
    const name = stringField(element, 'name');
    if (name === '') return refusal(300_303, 200_530, `a ${tag} in a form has no name`);
    if (seen.names.has(name)) return refusal(300_303, 200_621, `the name ${name} is there twice`);
    seen.names.add(name);
  }
  if (tag === 'form' && stringField(element, 'name') === '') return refusal(300_303, 200_621, 'a form has no name');
  if (tag === 'input' && Number(element.max_length ?? 1) > 1_000) return refusal(300_303, 200_621, 'max_length over 1000');
  const children = [element.elements, element.columns].find(Array.isArray);
  return tag !== 'table' && children !== undefined ? checkAll(children, depth + 1, [...inside, tag], seen) : undefined;
}

/** Tables in Markdown: a line with bars above a line of dashes, outside of code. */
export function countTables(markdown: string): number {
  let fence: string | undefined;
  let tables = 0;
  let before = '';
  for (const line of markdown.split('\n')) {
    const [, mark = '', info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    const isRule = line.includes('-') && /^[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*\|?\s*$/.test(line);
    if (fence !== undefined) {
      if (mark.startsWith(fence) && info.trim() === '') fence = undefined;
    } else if (mark !== '' && !(mark.startsWith('`') && info.includes('`'))) fence = mark;
    else if (before.includes('|') && isRule) tables += 1;
    before = fence === undefined && mark === '' ? line : '';
  }
  return tables;
}

/** What people can read of a card, elements in order. */
export function readCard(card: unknown): string {
  const parts: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (isObject(value)) {
      if (typeof value.content === 'string') parts.push(value.content);
      for (const [key, inner] of Object.entries(value)) if (!['value', 'config', 'behaviors'].includes(key)) visit(inner);
    }
  };
  visit(card);
  return parts.join('\n');
}

/** All elements of a card, containers before what they hold. */
export function allElements(elements: readonly unknown[]): readonly JsonObject[] {
  return elements.filter(isObject).flatMap((element) => {
    const children = element.tag === 'table' ? undefined : [element.elements, element.columns].find(Array.isArray);
    return [element, ...(children === undefined ? [] : allElements(children))];
  });
}

function refusal(code: number, inner: number, message: string): CardRefusal {
  return { code, inner, message };
}
