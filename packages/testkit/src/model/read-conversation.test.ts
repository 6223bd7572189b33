import { expect, it } from 'vitest';
import { callIdFor } from './call-id.ts';
import { readConversation } from './read-conversation.ts';

const user = (...texts: readonly string[]) => ({
  type: 'message',
  role: 'user',
  content: texts.map((text) => ({ type: 'input_text', text })),
});
const output = (callId: string, text: string) => ({ type: 'function_call_output', call_id: callId, output: text });
const body = (...input: readonly object[]) => ({ model: 'm', stream: true, input });

it('starts at the first step when nothing was answered yet', () => {
  expect(readConversation(body(user('hello')))).toMatchObject({ stepIndex: 0, lastUserText: 'hello', outputs: [] });
});

it('goes on behind the last answered step', () => {
  const read = readConversation(body(user('go'), output(callIdFor(1), 'one'), output(callIdFor(4), 'four')));
  expect(read.stepIndex).toBe(5);
  expect(read.outputs.map((item) => item.text)).toEqual(['one', 'four']);
});

it('starts anew with each user message', () => {
  expect(readConversation(body(user('a'), output(callIdFor(3), 'old'), user('b')))).toMatchObject({
    stepIndex: 0,
    outputs: [],
    userTexts: ['a', 'b'],
  });
});

it('does not count outputs of calls it did not make', () => {
  const quoted = { type: 'function_call_output', name: 'q', namespace: 'agent', output: 'quoted' };
  expect(readConversation(body(user('a'), quoted, output('call_other', 'x')))).toMatchObject({ stepIndex: 0, outputs: [] });
});

it('reads outputs of custom tools given as parts', () => {
  const parts = [
    { type: 'input_text', text: 'Script completed' },
    { type: 'input_text', text: 'hi' },
  ];
  const item = { type: 'custom_tool_call_output', call_id: callIdFor(0), output: parts };
  expect(readConversation(body(user('a'), item)).outputs[0]?.text).toBe('Script completed\nhi');
});

it('leaves out what Codex says in the name of the user', () => {
  const read = readConversation(
    body(
      user('<environment_context>\n  <cwd>/w</cwd>\n</environment_context>'),
      user('# AGENTS.md instructions for /w\n\n<INSTRUCTIONS>…'),
      user('first'),
      user('<turn_aborted>\nThe user interrupted\n</turn_aborted>'),
      user('Another language model started to solve this problem and produced a summary of its thinking process.'),
      user('<b>bold</b> words of the user'),
      user('You are performing a CONTEXT CHECKPOINT COMPACTION. Create …'),
    ),
  );
  expect(read.userTexts).toEqual(['first', '<b>bold</b> words of the user']);
});

it('counts pictures and drops the lines that frame them', () => {
  const message = {
    role: 'user',
    content: [
      { type: 'input_text', text: 'look' },
      { type: 'input_text', text: '<image name=[Image #1] path="/w/a.png">' },
      { type: 'input_image', image_url: 'data:image/png;base64,AA==' },
      { type: 'input_text', text: '</image>' },
    ],
  };
  expect(readConversation(body(message))).toMatchObject({ lastUserText: 'look', lastUserPictures: 1 });
});

it('takes the words of the user out of the frame of a client', () => {
  const read = readConversation(body(user('<chat>hello</chat>')), (text) => text.replace(/<\/?chat>/g, ''));
  expect(read.lastUserText).toBe('hello');
});

it('knows a request for a summary', () => {
  const metadata = (kind: string) => ({
    ...body(user('a')),
    client_metadata: { 'x-codex-turn-metadata': `{"request_kind":"${kind}"}`, thread_id: 't' },
  });
  expect(readConversation(metadata('turn'))).toMatchObject({ purpose: 'turn', threadId: 't' });
  expect(readConversation(metadata('compaction')).purpose).toBe('compaction');
  expect(readConversation(metadata('prewarm')).purpose).toBe('other');
});

it('survives bodies that are no request', () => {
  for (const odd of [undefined, null, 3, 'x', [], {}, { input: 5 }, { input: [null, 3, {}] }]) {
    expect(readConversation(odd)).toMatchObject({ userTexts: [], stepIndex: 0 });
  }
  expect(readConversation({ input: 'plain' }).lastUserText).toBe('plain');
});
