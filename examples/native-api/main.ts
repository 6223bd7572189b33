import assert from 'node:assert/strict';
import { createCodexRunner } from '@threadbridge/codex-runner';
import { setUpScriptedCodex } from '@threadbridge/example-scripted-codex';
import { createNativeApi, serve } from '@threadbridge/native-api';
import OpenAI from 'openai';
import { askWithWeather } from './weather.ts';

await using codex = await setUpScriptedCodex();
await using runner = createCodexRunner(codex.options);
await using server = await serve(createNativeApi({ runner, workspace: codex.workspace }), { port: 0 });
const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'unused' });

const first = await client.responses.create({ input: '[[say: Hello from Codex.]]' });
console.log(first.output_text);
assert.equal(first.output_text, 'Hello from Codex.');

let streamed = '';
const stream = await client.responses.create({ input: '[[say: And once more.]]', previous_response_id: first.id, stream: true });
for await (const event of stream) if (event.type === 'response.output_text.delta') streamed += event.delta;
assert.equal(streamed, 'And once more.');

const asked: string[] = [];
const answer = await askWithWeather(client, '[[tool: weather | {"city":"Bern"}]] [[say: Take a hat.]]', (city) => {
  asked.push(city);
  return 'sunny';
});
console.log(answer);
assert.deepEqual([answer, asked], ['Take a hat.', ['Bern']]);

const chat = await client.chat.completions.create({ model: 'gpt-5.5', messages: [{ role: 'user', content: '[[say: hi]]' }] });
assert.equal(chat.choices[0]?.message.content, 'hi');
await assert.rejects(client.responses.create({ input: 'x', model: 'gpt-2' }), { status: 404, code: 'model_not_found' });
