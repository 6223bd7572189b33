import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createOpenAI } from '@ai-sdk/openai';
import { HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { tool as langchainTool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { findNativeBinary } from '@threadbridge/codex-runner';
import { type CodexConfig, toConfigFlags } from '@threadbridge/testkit/model';
import { generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setUp, type World } from './set-up.ts';
import { parameters, toolRules } from './tool-rules.ts';

let world: World;
beforeAll(async () => {
  world = await setUp({ rules: [...toolRules, { when: /as json/, reply: [{ type: 'text', text: '{"city":"Bern"}' }] }] });
});
afterAll(() => world[Symbol.asyncDispose]());

const long = 'hello to all of you out there';

describe.each(['responses', 'chat'] as const)('the AI SDK on %s', (kind) => {
  const model = () => createOpenAI({ baseURL: world.server.baseUrl, apiKey: 'unused' })[kind]('gpt-5.5');
  const weather = tool({
    description: 'The weather',
    inputSchema: jsonSchema<{ city: string }>(parameters),
    execute: async ({ city }) => `sunny in ${city}`,
  });

  it('generates text', async () => {
    const { text, usage, finishReason } = await generateText({ model: model(), system: 'Be brief.', prompt: `[[say: ${long}]]` });
    expect([text, finishReason]).toEqual([long, 'stop']);
    expect(usage.totalTokens).toBeGreaterThan(0);
  });

  it('streams text', async () => {
    const pieces: string[] = [];
    const result = streamText({ model: model(), prompt: `[[say: ${long}]]` });
    for await (const piece of result.textStream) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect([pieces.join(''), await result.finishReason]).toEqual([long, 'stop']);
  });

  it('generates an object', async () => {
    const { output } = await generateText({
      model: model(),
      prompt: 'Bern as json',
      output: Output.object({ schema: z.object({ city: z.string() }) }),
    });
    expect(output).toEqual({ city: 'Bern' });
  });

  it('calls tools until it has an answer', async () => {
    const { text, steps } = await generateText({
      model: model(),
      prompt: 'weather in two',
      tools: { weather },
      stopWhen: stepCountIs(5),
    });
    expect(text).toMatch(/^It is sunny in (Bern|Oslo) and sunny in (Bern|Oslo)\.$/);
    expect(steps).toHaveLength(2);
  });

  it('streams tool calls', async () => {
    const result = streamText({ model: model(), prompt: 'weather twice', tools: { weather }, stopWhen: stepCountIs(5) });
    expect(await result.text).toBe('It is sunny in Bern, then sunny in Oslo.');
  });

  it('hears of a failure', async () => {
    const failing = generateText({ model: model(), prompt: '[[overflow]]', maxRetries: 0 });
    await expect(failing).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining('context window') });
  });
});

describe.each([true, false])('LangChain (on Responses: %s)', (useResponsesApi) => {
  const model = () =>
    new ChatOpenAI({
      model: 'gpt-5.5',
      apiKey: 'unused',
      useResponsesApi,
      maxRetries: 0,
      configuration: { baseURL: world.server.baseUrl },
    });

  it('invokes', async () => {
    const answer = await model().invoke([new SystemMessage('Be brief.'), new HumanMessage('[[say: hello]]')]);
    expect(answer.text).toBe('hello');
    expect(answer).toMatchObject({ usage_metadata: { total_tokens: expect.any(Number) } });
  });

  it('streams', async () => {
    const pieces: string[] = [];
    for await (const chunk of await model().stream(`[[say: ${long}]]`)) pieces.push(chunk.text);
    expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(long);
  });

  it('has structured output', async () => {
    const structured = model().withStructuredOutput(z.object({ city: z.string() }), { name: 'city', method: 'jsonSchema' });
    expect(await structured.invoke('Bern as json')).toEqual({ city: 'Bern' });
  });

  it('calls tools', async () => {
    const weather = langchainTool(async ({ city }: { city: string }) => `sunny in ${city}`, {
      name: 'weather',
      description: 'The weather',
      schema: z.object({ city: z.string() }),
    });
    const bound = model().bindTools([weather]);
    const question = new HumanMessage('weather please');
    const first = await bound.invoke([question]);
    expect(first.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Bern' } }]);
    const outputs = (first.tool_calls ?? []).map((call) => new ToolMessage({ content: 'sunny', tool_call_id: call.id ?? '' }));
    const second = await bound.invoke([question, first, ...outputs]);
    expect(second.text).toBe('It is sunny.');
  });

  it('throws when a stream fails', async () => {
    const read = async () => {
      for await (const _ of await model().stream('[[overflow]]'));
    };
    await expect(read()).rejects.toThrow(/context window/i);
  });
});

describe('Codex as a client', () => {
  /** `codex exec` on this API, in a folder of its own; what it printed. */
  const execCodex = async (baseUrl: string, config: CodexConfig): Promise<string> => {
    const home = await mkdtemp(join(tmpdir(), 'native-api-codex-'));
    try {
      const native = {
        name: 'Native API',
        base_url: baseUrl,
        wire_api: 'responses',
        request_max_retries: 0,
        stream_max_retries: 0,
      };
      const base = { ...world.model.codexConfig(), model_provider: 'native', model_providers: { native } };
      const flags = toConfigFlags({ ...base, ...config });
      const args = ['exec', '--skip-git-repo-check', '--json', ...flags, '[[say: hello to Codex]]'];
      const env = { PATH: process.env.PATH ?? '', HOME: home, CODEX_HOME: home };
      const run = promisify(execFile)(findNativeBinary(), args, { cwd: home, env });
      run.child.stdin?.end();
      return (await run.catch((error: { stdout: string }) => error)).stdout;
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  };

  it('is told which of its tools is not taken', async () => {
    expect(await execCodex(world.server.baseUrl, {})).toContain('unsupported_responses_tooling');
  });

  it('is answered where its tools are functions', async () => {
    const other = await world.another({ otherModels: ['plain'] });
    const printed = await execCodex(other.baseUrl, { model: 'plain', agents: { enabled: false } });
    expect(printed).toContain('hello to Codex');
    expect(printed).toContain('turn.completed');
  });
});
