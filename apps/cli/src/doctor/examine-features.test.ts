import type { CodexReport } from '@threadbridge/codex-runner/compat';
import { expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { examineFeatures } from './examine-features.ts';

const texts = textsIn('en');

const report = (works: boolean, stand: CodexReport['stand']): CodexReport => ({
  ...{ bin: '/bin/codex', version: '0.159.0', stand, behaviour: [], problems: [] },
  features: [
    { name: 'turns', title: 'Turns', works: true, reasons: [] },
    { name: 'steer', title: 'Steering', works, reasons: works ? [] : ['The answer is waited for.'] },
  ],
});

it('says that everything works', () => {
  expect(examineFeatures(report(true, 'known'), texts)).toEqual([
    { name: 'features', state: 'ok', text: 'all 2 work with 0.159.0' },
  ]);
});

it('names each feature that does not, with the reason and what to do', () => {
  const [finding, ...more] = examineFeatures(report(false, 'known'), texts);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    state: 'warn',
    text: 'Steering will not work with 0.159.0: The answer is waited for.',
    remedy: expect.any(String),
  });
  expect(examineFeatures(report(false, 'tooOld'), texts)[0]?.state).toBe('fail');
});

it('leaves a Codex that cannot be run to the check that says so', () => {
  const { version: _version, ...unknown } = report(false, 'unknown');
  expect(examineFeatures(unknown, texts)).toEqual([]);
});
