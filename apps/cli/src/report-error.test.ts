import { GatewayError } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { describeError } from './report-error.ts';
import { textsIn } from './texts/texts.ts';

const texts = textsIn('en');

const error = new GatewayError('store.held', 'The profile runs already (process 7).', {
  remedy: 'Stop it first.',
  cause: new Error('inner'),
});

it('says what failed and the remedy on one line', () => {
  expect(describeError(error, texts)).toBe('threadbridge: The profile runs already (process 7). Stop it first.');
});

it('ends the words of another program before the remedy begins', () => {
  const quoted = new GatewayError('runner.lost', 'Codex ended: no such file', { remedy: 'Try again.' });
  expect(describeError(quoted, texts)).toBe('threadbridge: Codex ended: no such file. Try again.');
});

it('shows the stack, causes included, where it was asked for', () => {
  expect(describeError(error, texts, true)).toMatch(/\n\s+at [\s\S]*caused by: Error: inner/);
});

it('lets no control character through', () => {
  expect(describeError(new Error('a\u001b[2Jb'), texts)).toBe('threadbridge: a[2Jb');
});

it('says in Chinese what failed and what helps, with the words of whoever failed', () => {
  const mended = new GatewayError('config.invalid', 'config.json:2: nonsense', {
    remedy: 'Mend it and try again; nothing was done.',
  });
  expect(describeError(mended, textsIn('zh'))).toBe(
    'threadbridge: 配置有误：config.json:2: nonsense。 请修正后重试；什么也没有做。',
  );
});
