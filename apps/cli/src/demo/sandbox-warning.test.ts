import type { RunnerHealth } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { sandboxWarning } from './sandbox-warning.ts';

const texts = textsIn('en');

const health: RunnerHealth = { isUsable: true, name: 'codex', login: 'ok', sandbox: 'ok', problems: [] };

it('says nothing where the sandbox works, or nobody knows', () => {
  expect(sandboxWarning(health, texts)).toEqual([]);
  expect(sandboxWarning(undefined, texts)).toEqual([]);
});

it('says what does not work, why, and what to do', () => {
  const problems = [{ code: 'codex.sandbox', message: 'Namespaces are forbidden.', remedy: 'Allow them.' }];
  expect(sandboxWarning({ ...health, sandbox: 'broken', problems }, texts).map(({ raw }) => raw)).toEqual([
    'The sandbox of Codex does not work on this machine, so its commands fail here; the rest works.',
    'Namespaces are forbidden. Allow them.',
  ]);
});
