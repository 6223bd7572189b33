import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ScriptedModel, startScriptedModel } from '../src/model/index.ts';
import { type AppServer, type ServerMessage, startAppServer } from './app-server.ts';
import { type CodexPlace, createCodexPlace } from './run-codex.ts';

let model: ScriptedModel;
let place: CodexPlace;
let server: AppServer;
beforeAll(async () => {
  const ask = (command: string) => ({ type: 'command', command, escalate: command }) as const;
  model = await startScriptedModel({
    rules: [
      {
        when: /^both at once$/,
        reply: [
          { type: 'parallel', calls: [ask('echo one'), ask('echo two')] },
          { type: 'text', text: (request) => `${request.outputs.length} answers` },
        ],
      },
    ],
  });
  place = await createCodexPlace();
  server = await startAppServer(place, model.codexConfig());
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await model.close();
  await place[Symbol.asyncDispose]();
});

interface Turn {
  readonly id: string;
  readonly status: string;
  readonly items: readonly { readonly text?: string }[];
}
const weather = {
  type: 'function',
  name: 'weather',
  description: 'Tells the weather',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } } },
};

async function startThread() {
  const { thread } = await server.call('thread/start', {
    cwd: place.workspace,
    approvalPolicy: 'on-request',
    sandbox: 'workspace-write',
    dynamicTools: [weather],
  });
  const threadId = (thread as { id: string }).id;
  const of = (method: string) => (message: ServerMessage) => message.method === method && message.params?.threadId === threadId;
  return {
    of,
    async start(text: string, extra: object = {}) {
      const { turn } = await server.call('turn/start', { threadId, input: [{ type: 'text', text }], ...extra });
      return (turn as Turn).id;
    },
    async ended(turnId: string): Promise<Turn> {
      const isEnd = of('turn/completed');
      const end = await server.wait((message) => isEnd(message) && (message.params?.turn as Turn | undefined)?.id === turnId);
      return end.params?.turn as Turn;
    },
    call: (method: string, params: object = {}) => server.call(method, { threadId, ...params }),
  };
}

function isQuestion(thread: { of(method: string): (message: ServerMessage) => boolean }, message: ServerMessage, reason: string) {
  return thread.of('item/commandExecution/requestApproval')(message) && message.params?.reason === reason;
}

it.each([
  ['accept', 'Done.\n\n```\noutside\n```'],
  ['decline', 'That was not allowed'],
])('puts a command outside the sandbox to the client, who answers %s', async (decision, expected) => {
  const thread = await startThread();
  const turn = await thread.start('[[run!: echo outside]]');
  const question = await server.wait(thread.of('item/commandExecution/requestApproval'));
  expect(question.params?.reason).toBe('May I run this outside the sandbox: echo outside');
  server.answer(question, { decision });
  expect((await thread.ended(turn)).items[0]?.text).toContain(expected);
});

it('asks several things in one response', async () => {
  const thread = await startThread();
  const turn = await thread.start('both at once');
  const questions = [
    await server.wait((message) => isQuestion(thread, message, 'echo one')),
    await server.wait((message) => isQuestion(thread, message, 'echo two')),
  ];
  for (const question of questions) server.answer(question, { decision: 'accept' });
  expect((await thread.ended(turn)).items[0]?.text).toBe('2 answers');
});

it('calls a tool of the client and tells its answer', async () => {
  const thread = await startThread();
  const turn = await thread.start('[[tool: weather | {"city":"Oslo"}]]');
  const call = await server.wait(thread.of('item/tool/call'));
  expect(call.params).toMatchObject({ tool: 'weather', arguments: { city: 'Oslo' } });
  server.answer(call, { contentItems: [{ type: 'inputText', text: 'rain' }], success: true });
  expect((await thread.ended(turn)).items[0]?.text).toContain('rain');
});

it('asks the user in Plan mode', async () => {
  const thread = await startThread();
  const settings = { model: 'gpt-5.5', reasoning_effort: null, developer_instructions: null };
  const turn = await thread.start('[[ask: Which one? | red | blue]]', { collaborationMode: { mode: 'plan', settings } });
  const question = await server.wait(thread.of('item/tool/requestUserInput'));
  expect(question.params?.questions).toMatchObject([{ question: 'Which one?', options: [{ label: 'red' }, { label: 'blue' }] }]);
  server.answer(question, { answers: { choice: { answers: ['red'] } } });
  expect((await thread.ended(turn)).items[0]?.text).toContain('red');
});

it('stands in the middle of an answer until the gate is opened', async () => {
  const thread = await startThread();
  const turn = await thread.start('[[hold: middle | first half, | second half]]');
  await model.reached('middle');
  const delta = await server.wait(thread.of('item/agentMessage/delta'));
  expect(delta.params?.delta).toBe('first half,');
  expect(server.messages.some(thread.of('turn/completed'))).toBe(false);
  model.release('middle');
  expect((await thread.ended(turn)).items[0]?.text).toBe('first half,second half');
});

it('can be interrupted at a gate, and goes on with the next message', async () => {
  const thread = await startThread();
  const turn = await thread.start('[[hold: shut | never | finished]]');
  await model.reached('shut');
  await thread.call('turn/interrupt', { turnId: turn });
  expect((await thread.ended(turn)).status).toBe('interrupted');
  const next = await thread.ended(await thread.start('hello'));
  expect(next.items[0]?.text).toContain('This is message 2 of this thread');
});

it('takes a steer as the message to answer', async () => {
  const thread = await startThread();
  const turn = await thread.start('[[hold: steered | never | finished]]');
  await model.reached('steered');
  await thread.call('turn/steer', { expectedTurnId: turn, input: [{ type: 'text', text: '[[say: as you wish]]' }] });
  expect((await thread.ended(turn)).items[0]?.text).toBe('as you wish');
});

it('keeps what users said over a compaction', async () => {
  const thread = await startThread();
  await thread.ended(await thread.start('before the summary'));
  await thread.call('thread/compact/start');
  const compacted = await server.wait((message) => {
    const item = message.params?.item as { type?: string } | undefined;
    return thread.of('item/completed')(message) && item?.type === 'contextCompaction';
  });
  await thread.ended(String(compacted.params?.turnId));
  expect(model.requests.at(-1)?.purpose).toBe('compaction');
  const turn = await thread.ended(await thread.start('hello again'));
  expect(turn.items[0]?.text).toContain('This is message 2 of this thread; your first one was “before the summary”.');
});

it('is told quoted context without taking it for an answer', async () => {
  const thread = await startThread();
  const context = { quote: { value: 'somebody said this', kind: 'untrusted' } };
  const turn = await thread.ended(await thread.start('[[run: echo one]]', { additionalContext: context }));
  expect(turn.items[0]?.text).toContain('one');
  expect(model.problems).toEqual([]);
});
