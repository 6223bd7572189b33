import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedModel, startScriptedModel } from '../src/model/index.ts';
import { type CodexPlace, createCodexPlace, itemsOf, textsOf } from './run-codex.ts';

let model: ScriptedModel;
let place: CodexPlace;
beforeAll(async () => {
  model = await startScriptedModel();
  place = await createCodexPlace();
});
afterAll(async () => {
  await model.close();
  await place[Symbol.asyncDispose]();
});

const exec = (prompt: string, config = model.codexConfig()) => place.exec(config, '--sandbox', 'workspace-write', prompt);

// One model with direct tools, one whose tools are called from scripts, one that Codex does not know and gives no patch tool.
describe.each(['gpt-5.5', 'gpt-6.1-sol', 'scripted'])('the real Codex with model %s', (name) => {
  const run = (prompt: string) => exec(prompt, model.codexConfig({ model: name }));

  it('shows the text of the model', async () => {
    const result = await run('[[say: 你好 from the script]]');
    expect(textsOf(result)).toEqual(['你好 from the script']);
    expect(result.exitCode).toBe(0);
  });

  it('runs a command and hears its output', async () => {
    const result = await run('[[say: I look.]] [[run: echo scripted | tr a-z A-Z]]');
    expect(itemsOf(result, 'command_execution')).toMatchObject([{ aggregated_output: 'SCRIPTED\n', exit_code: 0 }]);
    expect(textsOf(result)).toEqual(['I look.', 'Done.\n\n```\nSCRIPTED\n```']);
  });

  it('changes a file', async () => {
    const result = await run(`[[write: ${name}.md | hello\\nworld]]`);
    expect(itemsOf(result, 'file_change')).toMatchObject([{ status: 'completed', changes: [{ kind: 'add' }] }]);
    expect(await readFile(join(place.workspace, `${name}.md`), 'utf8')).toBe('hello\nworld\n');
  });

  it('is refused a command outside the sandbox, since nobody can be asked', async () => {
    const result = await run('[[run!: echo never]]');
    expect(itemsOf(result, 'command_execution')).toEqual([]);
    expect(textsOf(result).join()).toContain('That was not allowed, so I left it.');
  });

  it('shows a plan', async () => {
    const result = await run('[[plan: x look; > do; check]]');
    expect(itemsOf(result, 'todo_list')).toMatchObject([
      {
        items: [
          { text: 'look', completed: true },
          { text: 'do', completed: false },
          { text: 'check', completed: false },
        ],
      },
    ]);
  });
});

it('goes on in a thread that is resumed', async () => {
  const first = await exec('the very first');
  const thread = first.events.find((event) => event.type === 'thread.started')?.thread_id ?? '';
  const second = await place.exec(model.codexConfig(), 'resume', thread, 'the second');
  expect(textsOf(second).join()).toContain('This is message 2 of this thread; your first one was “the very first”.');
  expect(model.requests.at(-1)).toMatchObject({ threadId: thread, userTexts: ['the very first', 'the second'] });
});

it.each([
  ['[[fail: 500]]', 'high demand'],
  ['[[fail: 400]]', 'Scripted failure with status 400'],
  ['[[limit]]', 'usage limit'],
  ['[[overflow]]', 'context window'],
  ['[[incomplete]]', 'Incomplete response'],
  ['[[cut]]', 'stream disconnected'],
  ['[[end]]', 'stream closed before response.completed'],
])('ends the turn as failed after %s', async (prompt, message) => {
  const result = await exec(prompt, model.codexConfig({ requestMaxRetries: 0, streamMaxRetries: 0 }));
  expect(result.events.at(-1)).toMatchObject({ type: 'turn.failed', error: { message: expect.stringContaining(message) } });
  expect(result.exitCode).toBe(1);
});

it('recovers by itself from a stream that was cut once', async () => {
  expect(textsOf(await exec('[[cut: x1]] [[say: after the cut]]'))).toEqual(['after the cut']);
});

it('asks the scripted model for nothing else, and does nothing wrong', () => {
  expect(new Set(model.requests.map(({ method, path }) => `${method} ${path}`))).toEqual(new Set(['POST /v1/responses']));
  expect(model.problems).toEqual([]);
});
