import { expect, it } from 'vitest';
import { builtInRules } from './built-in-rules.ts';
import { readConversation } from './read-conversation.ts';
import { findReply } from './rule.ts';
import type { ModelStep } from './steps.ts';
import { resolveText } from './stream-text.ts';

function reply(...prompts: readonly string[]): readonly ModelStep[] {
  const input = prompts.map((content) => ({ role: 'user', content }));
  return findReply(builtInRules, requestOf(input)) ?? [];
}
function requestOf(input: readonly object[]) {
  return { at: 0, method: 'POST', path: '/v1/responses', headers: {}, body: {}, ...readConversation({ input }) };
}
const kinds = (steps: readonly ModelStep[]) => steps.map((step) => step.type).join(' ');
function said(...prompts: readonly string[]): string {
  const last = reply(...prompts).at(-1);
  if (last?.type !== 'text' || typeof last.text === 'object') throw new Error('the reply does not end in a plain text');
  return resolveText(last.text, requestOf(prompts.map((content) => ({ role: 'user', content }))));
}

it.each([
  ['write a file please', 'text patch text'],
  ['帮我写一个文件', 'text patch text'],
  ['run `echo hi`', 'command text'],
  ['run ls -la', 'command text'],
  ['运行 `pwd`', 'command text'],
  ['please run all the tests', 'text command text'],
  ['跑一下测试', 'text command text'],
  ['ask for approval', 'command text'],
  ['请求审批', 'command text'],
  ['make a plan', 'plan plan plan text'],
  ['做个计划', 'plan plan plan text'],
  ['count slowly to ten', 'text'],
  ['hello', 'text'],
])('answers %j with %s', (prompt, expected) => {
  expect(kinds(reply(prompt))).toBe(expected);
});

it('runs exactly the command that was quoted', () => {
  expect(reply('could you run `git log | head -3` for me?')[0]).toEqual({ type: 'command', command: 'git log | head -3' });
});

it('does not run words that are no command it knows', () => {
  expect(kinds(reply('run away with me'))).toBe('text');
  expect(kinds(reply('run rm -rf .'))).toBe('text');
});

it('shows that a thread goes on', () => {
  expect(said('hello')).toContain('This is the first message of this thread.');
  expect(said('hello', 'and', 'again')).toContain('This is message 3 of this thread; your first one was “hello”.');
});

it('answers in Chinese when asked in Chinese', () => {
  expect(said('你好')).toContain('这是本线程的第一条消息。');
});

it('says the same thing to the same prompt', () => {
  expect(said('a', 'b')).toBe(said('a', 'b'));
});

it('plays directives in order and ends with a word about the outcome', () => {
  expect(kinds(reply('[[say: a]] [[run: ls]] [[write: x | y]]'))).toBe('text command patch text');
  expect(kinds(reply('[[run: ls]] [[say: b]]'))).toBe('command text');
  expect(kinds(reply('[[say: a]] [[fail: 500]]'))).toBe('text httpError');
});

it('slows the texts behind [[slow]] only', () => {
  expect(reply('[[say: fast]] [[slow: 50]] [[say: slow]]')).toEqual([
    { type: 'text', text: 'fast' },
    { type: 'text', text: 'slow', chunkSize: 6, chunkDelayMs: 50 },
  ]);
});

it('names the words it knows when it meets one it does not', () => {
  expect(said('[[constructor]]')).toContain('I do not know the word [[constructor]]. I know: say,');
});
