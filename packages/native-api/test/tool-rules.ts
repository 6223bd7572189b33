import type { ModelRule } from '@threadbridge/testkit/model';

const call = (city: string) => ({ type: 'tool' as const, name: 'weather', arguments: { city } });

/** A model that asks for the weather and tells what it heard. */
export const toolRules: readonly ModelRule[] = [
  {
    when: /weather in two/,
    reply: [
      { type: 'text', text: 'I ask.' },
      { type: 'parallel', calls: [call('Bern'), call('Oslo')] },
      { type: 'text', text: ({ outputs }) => `It is ${outputs.map(({ text }) => text).join(' and ')}.` },
    ],
  },
  {
    when: /weather twice/,
    reply: [
      call('Bern'),
      call('Oslo'),
      { type: 'text', text: ({ outputs }) => `It is ${outputs.map(({ text }) => text).join(', then ')}.` },
    ],
  },
  {
    when: /weather/,
    reply: (request) => {
      // A history told anew holds calls that are not this script's own.
      const { input } = request.body as { readonly input: readonly { readonly type: string; readonly output?: string }[] };
      const told = input.filter(({ type }) => type === 'function_call_output').map(({ output }) => output);
      const end = { type: 'text' as const, text: `It is ${told.join(' and ')}.` };
      return told.length > 0 && request.outputs.length === 0 ? [end] : [call('Bern'), end];
    },
  },
];

export const parameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
} as const;
