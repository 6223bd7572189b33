import { createHash } from 'node:crypto';
import { type Attachment, asId, type MessageId, type Quote } from '@threadbridge/contract';
import { idIn, isWire, numberIn, objectIn, textIn, type Wire } from '../../api/wire.ts';
import { fromItem } from './registry.ts';

/** What a message refers to, with the files of the quoted item. */
export interface QuoteContent {
  readonly quote: Quote;
  readonly attachments: readonly Attachment[];
}

/** The first quote among the items. Undefined where there is none. */
export function findQuote(items: readonly Wire[]): QuoteContent | undefined {
  const ref = items.map((item) => item.ref_msg).find(isWire);
  if (ref === undefined) return undefined;
  const quoted = objectIn(ref, 'message_item');
  const id = idIn(ref, 'svr_id') ?? idIn(quoted, 'msg_id');
  const content = fromItem(quoted);
  const whole = content.text ?? content.attachment?.transcript ?? textIn(ref, 'title');
  const text = chosenPart(whole, objectIn(ref, 'partial_text')) ?? whole;
  return {
    quote: { ...(id !== undefined && { id: asId<MessageId>(id) }), ...(text !== undefined && { text }) },
    attachments: content.attachment === undefined ? [] : [content.attachment],
  };
}

/**
 * The part of a text that was chosen on the phone. `startindex` and `endindex` count occurrences from 0; the latter from the beginning of
 * the text or from behind `start`: the MD5 decides, and without one the first reading is taken. Nothing fits: undefined.
 */
export function chosenPart(whole: string | undefined, partial: Wire): string | undefined {
  const start = textIn(partial, 'start');
  const end = textIn(partial, 'end');
  if (start === undefined || end === undefined) return undefined;
  if (whole === undefined) return `${start}…${end}`;
  const from = occurrence(whole, start, 0, numberIn(partial, 'startindex') ?? 0);
  if (from === undefined) return undefined;
  const nth = numberIn(partial, 'endindex') ?? 0;
  const candidates = [
    occurrence(whole, end, 0, nth),
    occurrence(whole, end, from + start.length, nth),
    occurrence(whole, end, from, nth),
  ]
    .filter((at) => at !== undefined)
    .filter((at) => at + end.length >= from + start.length)
    .map((at) => whole.slice(from, at + end.length));
  const md5 = textIn(partial, 'quotemd5')?.toLowerCase();
  return md5 === undefined ? candidates[0] : candidates.find((part) => createHash('md5').update(part).digest('hex') === md5);
}

/** Where the nth occurrence (from 0, without overlap) begins at or behind `from`. */
function occurrence(text: string, part: string, from: number, nth: number): number | undefined {
  let at = text.indexOf(part, from);
  for (let count = 0; count < nth && at !== -1; count += 1) at = text.indexOf(part, at + part.length);
  return at === -1 ? undefined : at;
}
