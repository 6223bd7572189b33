import type { JsonObject } from '@threadbridge/contract';
import { isObject } from '../json.ts';
import type { Card, CardElement } from './card-json.ts';

/** What turns the card that is shown into the next one. */
export type CardChange =
  | { readonly type: 'none' }
  /** One text grows: it can be typed out. */
  | { readonly type: 'text'; readonly element: string; readonly content: string }
  /** Some elements change; the others, with what was typed into them, stay. */
  | { readonly type: 'elements'; readonly actions: readonly JsonObject[] }
  | { readonly type: 'whole' };

/** The smallest change. Pure. */
export function diffCard(shown: Card, next: Card): CardChange {
  if (JSON.stringify(shown.header) !== JSON.stringify(next.header)) return { type: 'whole' };
  const before = byId(shown);
  const after = byId(next);
  const kept = shown.body.elements.filter((one) => after.has(one.element_id)).map((one) => one.element_id);
  const order = next.body.elements.filter((one) => before.has(one.element_id)).map((one) => one.element_id);
  if (kept.join() !== order.join() || order.length === 0) return { type: 'whole' };
  const changed = next.body.elements.filter((one) => {
    const old = before.get(one.element_id);
    return old !== undefined && JSON.stringify(old) !== JSON.stringify(one);
  });
  const gone = [...before.keys()].filter((id) => !after.has(id));
  const added = next.body.elements.filter((one) => !before.has(one.element_id));
  if (changed.length + gone.length + added.length === 0) return { type: 'none' };
  const [only] = changed;
  if (only !== undefined && changed.length === 1 && gone.length + added.length === 0) {
    const text = grownText(before.get(only.element_id), only);
    if (text !== undefined) return { type: 'text', element: only.element_id, content: text };
  }
  return {
    type: 'elements',
    actions: [
      ...(gone.length === 0 ? [] : [{ action: 'delete_elements', params: { element_ids: gone } }]),
      ...changed.map((element) => ({ action: 'update_element', params: { element_id: element.element_id, element } })),
      ...insertions(next.body.elements, before),
    ],
  };
}

/** Each new element goes behind the one before it, which is there by then; the first ones before the first that was there. */
function insertions(elements: readonly CardElement[], before: ReadonlyMap<string, CardElement>): readonly JsonObject[] {
  const anchor = elements.findIndex((one) => before.has(one.element_id));
  return elements.flatMap((element, index): readonly JsonObject[] => {
    if (before.has(element.element_id)) return [];
    const isBehind = index > anchor;
    const target = elements[isBehind ? index - 1 : anchor]?.element_id ?? '';
    const type = isBehind ? 'insert_after' : 'insert_before';
    return [{ action: 'add_elements', params: { type, target_element_id: target, elements: [element] } }];
  });
}

function grownText(old: CardElement | undefined, next: CardElement): string | undefined {
  const { content } = next;
  if (!isObject(old) || old.tag !== 'markdown' || next.tag !== 'markdown') return undefined;
  if (typeof old.content !== 'string' || typeof content !== 'string' || !content.startsWith(old.content)) return undefined;
  return content;
}

function byId(card: Card): ReadonlyMap<string, CardElement> {
  return new Map(card.body.elements.map((one) => [one.element_id, one]));
}
