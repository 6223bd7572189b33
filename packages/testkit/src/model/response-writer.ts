import { randomUUID } from 'node:crypto';
import type { EventStream } from './event-stream.ts';
import type { ModelRequest } from './model-request.ts';
import { countUsage, type ResponseChange, responseObject } from './response-object.ts';

/** A tool call as it stands in the output of a response. */
export type CallItem =
  | { readonly type: 'function_call'; readonly name: string; readonly namespace?: string; readonly arguments: string }
  | { readonly type: 'custom_tool_call'; readonly name: string; readonly namespace?: string; readonly input: string };

/** Writes one response: opens it with the first item, gives indices, keeps the output, closes it once. */
export interface ResponseWriter {
  /** `response.created` and `response.in_progress`, once. */
  open(): Promise<void>;
  /** A message whose deltas are pulled from `chunks`; when they end early (`signal`), the item stays unfinished. */
  message(chunks: AsyncIterable<string>, phase: 'commentary' | 'final_answer'): Promise<void>;
  reasoning(text: string): Promise<void>;
  call(callId: string, item: CallItem): Promise<void>;
  complete(): Promise<void>;
  incomplete(reason: string): Promise<void>;
  fail(code: string, message: string): Promise<void>;
}

const newId = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '')}`;

export function createResponseWriter(
  stream: EventStream,
  request: ModelRequest,
  options: { readonly inputCharacters: number; readonly now: () => number; readonly signal: AbortSignal },
): ResponseWriter {
  const seconds = () => Math.floor(options.now() / 1000);
  const facts = { id: newId('resp'), createdAtS: seconds(), request };
  const output: unknown[] = [];
  const spoken = { output: 0, reasoning: 0 };
  let isOpen = false;
  let nextIndex = 0;

  const send = stream.send;
  async function open() {
    if (isOpen) return;
    isOpen = true;
    await send('response.created', { response: responseObject(facts) });
    await send('response.in_progress', { response: responseObject(facts) });
  }
  async function openItem(item: Readonly<Record<string, unknown>>) {
    await open();
    const index = nextIndex++;
    await send('response.output_item.added', { output_index: index, item });
    return { output_index: index, item_id: item.id };
  }
  async function closeItem(at: { readonly output_index: number }, item: Readonly<Record<string, unknown>>) {
    output.push(item);
    await send('response.output_item.done', { output_index: at.output_index, item });
  }
  async function close(type: 'completed' | 'incomplete' | 'failed', change: ResponseChange) {
    await open();
    const usage = countUsage(options.inputCharacters, spoken.output, spoken.reasoning);
    await send(`response.${type}`, { response: responseObject(facts, { status: type, output, usage, ...change }) });
    stream.end();
  }

  return {
    open,
    async message(chunks, phase) {
      const base = { id: newId('msg'), type: 'message', role: 'assistant', phase };
      const part = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] });
      const at = { ...(await openItem({ ...base, status: 'in_progress', content: [] })), content_index: 0 };
      await send('response.content_part.added', { ...at, part: part('') });
      let text = '';
      for await (const delta of chunks) {
        if (options.signal.aborted) return;
        text += delta;
        spoken.output += delta.length;
        await send('response.output_text.delta', { ...at, delta, logprobs: [] });
      }
      if (options.signal.aborted) return;
      await send('response.output_text.done', { ...at, text, logprobs: [] });
      await send('response.content_part.done', { ...at, part: part(text) });
      await closeItem(at, { ...base, status: 'completed', content: [part(text)] });
    },
    async reasoning(text) {
      const base = { id: newId('rs'), type: 'reasoning' };
      const part = { type: 'summary_text', text };
      const at = { ...(await openItem({ ...base, status: 'in_progress', summary: [] })), summary_index: 0 };
      spoken.reasoning += text.length;
      await send('response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } });
      await send('response.reasoning_summary_text.delta', { ...at, delta: text });
      await send('response.reasoning_summary_text.done', { ...at, text });
      await send('response.reasoning_summary_part.done', { ...at, part });
      await closeItem(at, { ...base, status: 'completed', summary: [part] });
    },
    async call(callId, item) {
      const [prefix, events, key] =
        item.type === 'function_call'
          ? (['fc', 'response.function_call_arguments', 'arguments'] as const)
          : (['ctc', 'response.custom_tool_call_input', 'input'] as const);
      const content = item.type === 'function_call' ? item.arguments : item.input;
      const whole = { id: newId(prefix), call_id: callId, ...item };
      const at = await openItem({ ...whole, status: 'in_progress', [key]: '' });
      spoken.output += content.length;
      await send(`${events}.delta`, { ...at, delta: content });
      await send(`${events}.done`, { ...at, ...(item.type === 'function_call' ? { name: item.name } : {}), [key]: content });
      await closeItem(at, { ...whole, status: 'completed' });
    },
    complete: () => close('completed', { completed_at: seconds() }),
    incomplete: (reason) => close('incomplete', { incomplete_details: { reason } }),
    async fail(code, message) {
      await open();
      await send('error', { code, message, param: null });
      await close('failed', { error: { code, message } });
    },
  };
}
