import { expect } from 'vitest';
import { responseEvent } from './schemas.ts';
import type { SseEvent } from './set-up.ts';

type Data = Record<string, unknown>;

/**
 * What holds for every Responses stream: known events of the right shape, numbered from 0 without gaps; items open and close one after
 * another; the pieces of a text are the text. Gives the object of the last event.
 */
export function checkStream(events: readonly SseEvent[]): Data {
  for (const { event, data } of events) {
    const parsed = responseEvent.safeParse(data);
    expect(parsed.error?.message, JSON.stringify(data)).toBeUndefined();
    expect(event).toBe(data.type);
  }
  expect(events.map(({ data }) => data.sequence_number)).toEqual(events.map((_, index) => index));
  const types = events.map(({ data }) => data.type);
  expect(types.slice(0, 2)).toEqual(['response.created', 'response.in_progress']);
  const ids = new Set(events.flatMap(({ data }) => (data.response === undefined ? [] : [(data.response as Data).id])));
  expect(ids.size).toBe(1);

  let open: { readonly index: number; readonly id: string; text: string; readonly parts: string[] } | undefined;
  const done: Data[] = [];
  for (const { data } of events) {
    const { type, output_index: index } = data;
    const item = data.item as Data | undefined;
    switch (type) {
      case 'response.output_item.added':
        expect(open).toBeUndefined();
        expect(index).toBe(done.length);
        expect(item).toMatchObject({ status: 'in_progress' });
        open = { index: Number(index), id: String(item?.id), text: '', parts: [] };
        break;
      case 'response.output_item.done':
        expect([index, item?.id]).toEqual([open?.index, open?.id]);
        if (item?.type === 'message') expect((item.content as Data[])[0]?.text).toBe(open?.text);
        if (item?.type === 'reasoning') expect((item.summary as Data[]).map(({ text }) => text)).toEqual(open?.parts);
        if (item?.type === 'function_call') expect(item.arguments).toBe(open?.text);
        done.push(item as Data);
        open = undefined;
        break;
      case 'response.output_text.delta':
      case 'response.function_call_arguments.delta':
        expect(data.item_id).toBe(open?.id);
        if (open) open.text += String(data.delta);
        break;
      case 'response.output_text.done':
        expect(data.text).toBe(open?.text);
        break;
      case 'response.function_call_arguments.done':
        expect(data.arguments).toBe(open?.text);
        break;
      case 'response.reasoning_summary_part.added':
        expect(data.summary_index).toBe(open?.parts.length);
        open?.parts.push('');
        break;
      case 'response.reasoning_summary_text.delta':
        if (open) open.parts[Number(data.summary_index)] += String(data.delta);
        break;
      default:
        break;
    }
  }
  expect(open).toBeUndefined();
  const last = events.at(-1)?.data.response as Data;
  expect(last.output).toEqual(done);
  expect(Object.keys(last).sort()).toEqual(Object.keys(events[0]?.data.response as Data).sort());
  return last;
}

export function typesOf(events: readonly SseEvent[]): readonly unknown[] {
  return events.map(({ data }) => data.type);
}
