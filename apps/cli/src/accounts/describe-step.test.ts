import type { LoginProgress } from '@threadbridge/gateway';
import { expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { codeOfStep, describeStep } from './describe-step.ts';

const steps: readonly LoginProgress[] = [
  { type: 'qr', url: 'https://example.test/q', attempt: 1 },
  { type: 'qr', url: 'https://example.test/q', attempt: 2 },
  { type: 'visit', url: 'https://example.test/v', code: 'AB-CD' },
  { type: 'scanned' },
  { type: 'code.wanted', isWrong: false },
  { type: 'code.wanted', isWrong: true },
  { type: 'redirected', host: 'sz.weixin.qq.com' },
  { type: 'expired', reason: 'old' },
  { type: 'expired', reason: 'blocked' },
  { type: 'complete', account: { accountId: 'b@im.bot' } },
  { type: 'already.bound' },
  { type: 'failed', reason: 'refused', message: 'No.' },
];

it('has words of its own for every step', () => {
  const words = steps.map((step) => describeStep(step, textsIn('en')));
  expect(new Set(words).size).toBe(steps.length);
  expect(words.join('\n')).not.toContain('undefined');
});

it('is a success only where somebody is logged in at the end', () => {
  const good = steps.filter((step) => codeOfStep(step) === 0).map(({ type }) => type);
  expect(good).toEqual(['complete', 'already.bound']);
  expect(codeOfStep(undefined)).toBe(4);
});
