import type { RunnerHealth } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { examineCodex } from './examine-codex.ts';

const texts = textsIn('en');

const healthy: RunnerHealth = {
  isUsable: true,
  name: 'codex',
  version: '0.169.0',
  home: '/h',
  login: 'ok',
  sandbox: 'ok',
  problems: [],
};

it('finds nothing wrong where nothing is', () => {
  expect(examineCodex(healthy, 'default', texts).map(({ name, state }) => `${name} ${state}`)).toEqual([
    'codex ok',
    'login ok',
    'sandbox ok',
  ]);
});

it('says only that Codex does not start where it does not', () => {
  const health: RunnerHealth = {
    ...{ isUsable: false, name: 'codex', login: 'unknown', sandbox: 'unknown' },
    problems: [{ code: 'runner.missing', message: 'There is no Codex.', remedy: 'Install it.' }],
  };
  expect(examineCodex(health, 'default', texts)).toEqual([
    { name: 'codex', state: 'fail', text: 'There is no Codex.', remedy: 'Install it.' },
  ]);
});

it('hands the remedies on, but for the login, which the command line has itself', () => {
  const problems = [
    { code: 'runner.unauthorized', message: 'Not logged in.', remedy: 'codex login' },
    { code: 'codex.sandbox', message: 'No namespaces.', remedy: 'Allow them.' },
    { code: 'codex.version', message: 'Not tested.' },
    { code: 'codex.config', message: 'Old key.' },
  ];
  expect(examineCodex({ ...healthy, login: 'missing', sandbox: 'broken', problems }, 'default', texts)).toEqual([
    { name: 'codex', state: 'warn', text: 'Not tested.' },
    { name: 'codex', state: 'warn', text: 'Old key.' },
    { name: 'login', state: 'fail', text: 'Not logged in.', remedy: 'Log in: threadbridge login codex' },
    { name: 'sandbox', state: 'fail', text: 'No namespaces.', remedy: 'Allow them.' },
  ]);
});
