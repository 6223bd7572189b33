import { expect, it } from 'vitest';
import { checkRequest } from './check-request.ts';

const good = { model: 'm', stream: true, input: [{ role: 'user', content: 'hi' }] };

it('has nothing against a good request', () => {
  expect(checkRequest(good)).toEqual({ fatal: [], minor: [] });
  expect(checkRequest({ ...good, input: 'hi' })).toEqual({ fatal: [], minor: [] });
});

it.each([
  ['an array', []],
  ['no model', { ...good, model: '' }],
  ['no stream', { ...good, stream: false }],
  ['no input', { ...good, input: [] }],
  ['input of a wrong type', { ...good, input: 7 }],
  ['items that are no objects', { ...good, input: ['x'] }],
])('refuses %s', (_, body) => {
  expect(checkRequest(body).fatal).toHaveLength(1);
});

it('notes calls and outputs that do not pair', () => {
  const input = [
    { type: 'function_call', call_id: 'a', name: 'x', arguments: '{}' },
    { type: 'custom_tool_call_output', call_id: 'b', output: '' },
  ];
  expect(checkRequest({ ...good, input }).minor).toEqual([
    'no tool call found for the output with call_id b',
    'no tool output found for the call with call_id a',
  ]);
});

it('accepts context that comes as an output without a call', () => {
  const input = [{ type: 'function_call_output', name: 'q', namespace: 'agent', output: 'quoted' }];
  expect(checkRequest({ ...good, input })).toEqual({ fatal: [], minor: [] });
});

it('notes roles nobody knows', () => {
  expect(checkRequest({ ...good, input: [{ role: 'robot', content: 'x' }] }).minor).toEqual([
    'a message has the unknown role "robot"',
  ]);
});
