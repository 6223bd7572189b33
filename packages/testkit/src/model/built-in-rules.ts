import { directiveRule } from './directive-rule.ts';
import type { ModelRequest } from './model-request.ts';
import { addFile } from './patch.ts';
import { languageOf, type Phrases, phrases, sayOutcome } from './phrases.ts';
import type { ModelRule } from './rule.ts';
import type { ModelStep, PlanStep } from './steps.ts';

const wordsOf = (request: ModelRequest): Phrases => phrases[languageOf(request)];
const outcome: ModelStep = { type: 'text', text: sayOutcome };

/** Commands a prompt may name without backticks; all of them only look. */
const harmless = 'ls|pwd|date|whoami|uname|echo|cat|head|wc|git status|git log|git diff|node --version';
const quotedCommand = /(?:\brun|\bexecute|运行|执行)\s*[`'"“]([^`'"”]+)[`'"”]/i;
const namedCommand = new RegExp(
  `^\\s*(?:please\\s+)?(?:run|execute|请?运行|请?执行)\\s*((?:${harmless})(?:\\s[^\\n]*)?)\\s*$`,
  'i',
);

/** What the model does without a script: the `[[words]]`, then everyday requests, then small talk. Same prompt, same answer. */
export const builtInRules: readonly ModelRule[] = [
  { when: (request) => request.purpose === 'compaction', reply: (request) => [{ type: 'text', text: compaction(request) }] },
  directiveRule,
  {
    when: /\b(approv|permission|escalat)|审批|批准|权限/i,
    reply: (request) => [{ type: 'command', command: 'date > approved.txt', escalate: wordsOf(request).escalation }, outcome],
  },
  { when: quotedCommand, reply: (request) => runCommand(quotedCommand.exec(request.lastUserText)?.[1] ?? '') },
  { when: namedCommand, reply: (request) => runCommand(namedCommand.exec(request.lastUserText)?.[1] ?? '') },
  {
    when: /\b(run|execute)\b.*\btests?\b|(运行|跑|执行).*测试/i,
    reply: (request) => [{ type: 'text', text: wordsOf(request).lookAround }, ...runCommand('pwd && ls -1 | head -20')],
  },
  {
    when: /\b(write|create|make|add)\b.*\bfiles?\b|(写|创建|新建|生成).*文件/i,
    reply: (request) => [
      { type: 'text', text: wordsOf(request).writing('hello.md') },
      addFile('hello.md', wordsOf(request).fileContent(request.userTexts.length, oneLine(request.lastUserText))),
      outcome,
    ],
  },
  {
    when: /\bplan\b|计划|规划/i,
    reply: (request) => [plan(0), plan(1), plan(3), { type: 'text', text: wordsOf(request).planDone }],
  },
  {
    when: /\b(slow(ly)?|count)\b|慢慢|数数|数到/i,
    reply: (request) => [{ type: 'text', text: wordsOf(request).counting, chunkSize: 6, chunkDelayMs: 250 }],
  },
  { when: () => true, reply: (request) => [{ type: 'text', text: smallTalk(request) }] },
];

function runCommand(command: string): readonly ModelStep[] {
  return [{ type: 'command', command: command.trim() }, outcome];
}

function plan(done: number): PlanStep {
  const names = ['Look around', 'Do the work', 'Check the result'];
  const status = (index: number) => (index < done ? 'completed' : index === done ? 'in_progress' : 'pending');
  return { type: 'plan', steps: names.map((step, index) => ({ step, status: status(index) })) };
}

function smallTalk(request: ModelRequest): string {
  const words = wordsOf(request);
  const count = request.userTexts.length;
  const place = count > 1 ? words.place(count, oneLine(request.userTexts[0] ?? '')) : words.first;
  const tip = words.tips[(count - 1) % words.tips.length] ?? '';
  const parts = [
    ...(count > 1 ? [] : [words.introduction]),
    words.echo(oneLine(request.lastUserText)),
    ...(request.lastUserPictures > 0 ? [words.pictures(request.lastUserPictures)] : []),
    place,
    tip,
  ];
  return parts.join('\n\n');
}

function compaction(request: ModelRequest): string {
  return wordsOf(request).compaction(request.userTexts.length, oneLine(request.userTexts[0] ?? ''));
}

/** A prompt on one line, shortened to what a person recognises it by. */
function oneLine(text: string): string {
  const characters = Array.from(text.replace(/\s+/g, ' ').trim());
  return characters.length <= 160 ? characters.join('') : `${characters.slice(0, 160).join('')}…`;
}
