import type { RunnerHealth } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { sandboxWarning } from './sandbox-warning.ts';

const health: RunnerHealth = { isUsable: true, name: 'codex', login: 'ok', sandbox: 'ok', problems: [] };

it('says nothing where the sandbox works, or nobody knows', () => {
  expect(sandboxWarning(health)).toEqual([]);
  expect(sandboxWarning(undefined)).toEqual([]);
});

it('says what does not work, why, and what to do', () => {
  const problems = [{ code: 'codex.sandbox', message: 'Namespaces are forbidden.', remedy: 'Allow them.' }];
  expect(sandboxWarning({ ...health, sandbox: 'broken', problems }).map(({ raw }) => raw)).toEqual([
    'The sandbox of Codex does not work on this machine, so its commands fail here; the rest works.',
    'Namespaces are forbidden. Allow them.',
  ]);
});
