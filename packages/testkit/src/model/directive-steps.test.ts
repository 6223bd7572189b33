import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { directiveSteps } from './directive-steps.ts';
import { parseDirectives } from './directives.ts';
import { addFile, deleteFile, editFile } from './patch.ts';

function steps(prompt: string) {
  return parseDirectives(prompt).directives.flatMap((directive) => directiveSteps[directive.name]?.(directive) ?? []);
}

it('has every word in the README, and no other', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^\| `\[\[([a-z]+)/gm)].map(([, name]) => name);
  expect(new Set(listed)).toEqual(new Set([...Object.keys(directiveSteps), 'slow']));
});

it('runs commands, and asks when told to', () => {
  expect(steps('[[run: a | b]] [[run!: c]]')).toEqual([
    { type: 'command', command: 'a | b' },
    { type: 'command', command: 'c', escalate: 'May I run this outside the sandbox: c' },
  ]);
});

it('changes files', () => {
  expect(steps('[[write: a.md | x\\ny]] [[edit: a.md | x | z]] [[delete: a.md]]')).toEqual([
    addFile('a.md', 'x\ny'),
    editFile('a.md', 'x', 'z'),
    deleteFile('a.md'),
  ]);
});

it('marks the first step of a plan as the one in progress, unless marks are given', () => {
  expect(steps('[[plan: a; b]] [[plan: x a; > b；c]]')).toEqual([
    {
      type: 'plan',
      steps: [
        { step: 'a', status: 'in_progress' },
        { step: 'b', status: 'pending' },
      ],
    },
    {
      type: 'plan',
      steps: [
        { step: 'a', status: 'completed' },
        { step: 'b', status: 'in_progress' },
        { step: 'c', status: 'pending' },
      ],
    },
  ]);
});

it('calls tools by name, with a namespace before the last slash', () => {
  expect(steps('[[tool: weather | {"city":"Oslo"}]] [[tool: mcp__notes/find]] [[tool: t | words]]')).toEqual([
    { type: 'tool', name: 'weather', arguments: { city: 'Oslo' } },
    { type: 'tool', name: 'find', namespace: 'mcp__notes', arguments: {} },
    { type: 'tool', name: 't', arguments: { text: 'words' } },
  ]);
});

it('fails with a status, headers and a number of times', () => {
  expect(steps('[[fail: 429 x1 retry-after=1]] [[fail]] [[cut: x2]] [[cut]]')).toEqual([
    { type: 'httpError', status: 429, times: 1, headers: { 'retry-after': '1' } },
    { type: 'httpError', status: 500, headers: {} },
    { type: 'cut', times: 2 },
    { type: 'cut' },
  ]);
});

it('holds a text in the middle', () => {
  expect(steps('[[hold: g | before | after]]')).toEqual([{ type: 'text', text: ['before', { gate: 'g' }, 'after'] }]);
});
