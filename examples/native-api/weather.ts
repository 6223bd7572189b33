import type OpenAI from 'openai';

const tool = {
  type: 'function',
  name: 'weather',
  description: 'The weather of a city',
  strict: null,
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
} as const;

/** Asks, answers what the model wants to know, and gives its last word. */
export async function askWithWeather(client: OpenAI, question: string, weatherOf: (city: string) => string): Promise<string> {
  let answer = await client.responses.create({ input: question, tools: [tool] });
  for (;;) {
    const calls = answer.output.filter((item) => item.type === 'function_call');
    if (calls.length === 0) return answer.output_text;
    const input = calls.map(({ call_id, arguments: given }) => ({
      type: 'function_call_output' as const,
      call_id,
      output: weatherOf(JSON.parse(given).city),
    }));
    answer = await client.responses.create({ input, tools: [tool], previous_response_id: answer.id });
  }
}
