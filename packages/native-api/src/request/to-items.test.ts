import { expect, it } from 'vitest';
import { checkCalls, trailingOutputs } from './check-calls.ts';
import { toItems } from './to-items.ts';
import { toMessages } from './to-messages.ts';

it('keeps of an item what carries meaning', () => {
  const items = toItems([
    {
      id: 'msg_1',
      type: 'message',
      status: 'completed',
      role: 'assistant',
      phase: 'final_answer',
      content: [
        { type: 'output_text', text: 'a', annotations: [], logprobs: [] },
        { type: 'refusal', refusal: 'b' },
      ],
    },
    { type: 'reasoning', id: 'rs_1', summary: [] },
    { id: 'fc_1', type: 'function_call', status: 'completed', call_id: 'c', name: 'f', arguments: '{}' },
    {
      type: 'function_call_output',
      call_id: 'c',
      output: [
        { type: 'input_text', text: 'x' },
        { type: 'input_text', text: 'y' },
      ],
    },
  ]);
  expect(items).toEqual([
    {
      type: 'message',
      role: 'assistant',
      phase: 'final_answer',
      content: [
        { type: 'output_text', text: 'a' },
        { type: 'output_text', text: 'b' },
      ],
    },
    { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c', output: 'x\ny' },
  ]);
});

it('reads the same conversation out of a chat', () => {
  const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
  expect(
    toMessages([
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'wait', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c', content: [{ type: 'text', text: 'x' }] },
      { role: 'assistant', content: '' },
    ]),
  ).toEqual(
    toItems([
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'wait' },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c', output: 'x' },
    ]),
  );
});

it('does not follow names of the prototype', () => {
  expect(() => toItems([JSON.parse('{"__proto__":{"role":"user","content":"x"}}')])).toThrow("'input[0].type'");
});

it('pairs calls and outputs', () => {
  const call = (id: string) => ({ type: 'function_call' as const, call_id: id, name: 'f', arguments: '{}' });
  const output = (id: string) => ({ type: 'function_call_output' as const, call_id: id, output: '' });
  expect(() => checkCalls([call('a'), call('b'), output('b'), output('a')], 'input')).not.toThrow();
  expect(() => checkCalls([call('a')], 'input')).toThrow(/No tool output found/);
  expect(() => checkCalls([output('a'), call('a')], 'input')).toThrow(/no call 'a'/);
  expect(() => checkCalls([call('a'), output('a'), output('a')], 'input')).toThrow(/two outputs/);
  expect(trailingOutputs([call('a'), output('a')])).toEqual([[call('a')], [output('a')]]);
  expect(trailingOutputs([call('a'), output('a'), ...toItems('x')])[1]).toEqual([]);
});
