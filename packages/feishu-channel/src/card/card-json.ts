import type { JsonObject, JsonValue } from '@threadbridge/contract';
import type { ButtonValue } from '../convert/from-click.ts';
import { isObject } from '../json.ts';

/** A card in JSON 2.0. Every element of ours at the root has an id. */
export interface Card {
  readonly schema: '2.0';
  readonly config: JsonObject;
  readonly header?: JsonObject;
  readonly body: { readonly elements: readonly CardElement[] };
}
export type CardElement = JsonObject & { readonly element_id: string; readonly tag: string };

/** What we allow ourselves of the platform's 30 KB, and of its 200 elements. */
export const maxCardBytes = 28_000;
export const maxCardElements = 120;

/** As the platform counts: everything that has a tag, but for texts of headers and buttons. */
export function countElements(elements: readonly JsonValue[]): number {
  return elements
    .filter(isObject)
    .reduce((sum, one) => sum + 1 + countElements([...list(one.elements), ...list(one.columns)]), 0);
}

const list = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

export function markdown(element_id: string, content: string): CardElement {
  return { tag: 'markdown', element_id, content };
}

export function button(
  element_id: string,
  label: string,
  value: ButtonValue,
  own: { readonly type?: 'primary' | 'danger' | 'default'; readonly ask?: string; readonly submit?: true } = {},
): CardElement {
  return {
    tag: 'button',
    element_id,
    text: { tag: 'plain_text', content: label },
    type: own.type ?? 'default',
    behaviors: [{ type: 'callback', value: { ...value } }],
    ...(own.ask !== undefined && {
      confirm: { title: { tag: 'plain_text', content: label }, text: { tag: 'plain_text', content: own.ask } },
    }),
    ...(own.submit && { form_action_type: 'submit', name: element_id }),
  };
}

export function panel(element_id: string, title: string, content: string): CardElement {
  return {
    tag: 'collapsible_panel',
    element_id,
    expanded: false,
    header: { title: { tag: 'plain_text', content: title } },
    elements: [{ tag: 'markdown', content }],
  };
}

/** Elements side by side, as far as the phone is wide. */
export function row(element_id: string, elements: readonly CardElement[]): CardElement {
  return {
    tag: 'column_set',
    element_id,
    flex_mode: 'flow',
    columns: elements.map((element) => ({ tag: 'column', width: 'auto', elements: [element] })),
  };
}

export function plainHeader(title: string, template: string): JsonObject {
  return { title: { tag: 'plain_text', content: title }, template };
}
