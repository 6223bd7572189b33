import { expect, it } from 'vitest';
import { shortcut } from './shortcut.ts';

const yes = { label: 'Approve', token: 't1', style: 'primary' as const };
const session = { label: 'For this session', token: 't2' };
const no = { label: 'Deny', token: 't3', style: 'danger' as const };
const cancel = { label: 'Deny and stop', token: 't4', style: 'danger' as const };

it('takes y for the plain yes and n for the first no', () => {
  expect(shortcut('y', [yes, session, no, cancel])).toBe(yes);
  expect(shortcut(' N ', [yes, session, no, cancel])).toBe(no);
});

it.each(['yes', 'no', 'y please', '', '/approve k7'])('takes "%s" for a message', (text) => {
  expect(shortcut(text, [yes, no])).toBeUndefined();
});

it('means nothing while no question is open, or where a yes is no answer', () => {
  expect(shortcut('y', undefined)).toBeUndefined();
  expect(shortcut('y', [no])).toBeUndefined();
});
