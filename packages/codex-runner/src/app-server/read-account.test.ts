import { expect, it } from 'vitest';
import { toAccountInfo } from './read-account.ts';

const chatgpt = { type: 'chatgpt', email: 'someone@mail.example', planType: 'plus', workspaceName: null };

it('tells one login from another, and names nobody', () => {
  const [mine, again] = [toAccountInfo(chatgpt, 'u1', true), toAccountInfo({ ...chatgpt }, 'u1', true)];
  expect(mine).toEqual(again);
  expect(mine).toMatchObject({ login: 'ok', plan: 'plus' });
  expect(JSON.stringify(mine)).not.toMatch(/someone|mail|u1/);
  const others = [
    toAccountInfo({ ...chatgpt, email: 'other@mail.example' }, 'u1', true),
    toAccountInfo(chatgpt, 'u2', true),
    toAccountInfo({ ...chatgpt, workspaceName: 'w' }, 'u1', true),
    toAccountInfo({ type: 'apiKey' }, null, true),
    toAccountInfo(null, null, true),
    toAccountInfo(null, null, false),
  ];
  expect(new Set([mine, ...others].map(({ id }) => id)).size).toBe(7);
  // A plan that changes is the same login.
  expect(toAccountInfo({ ...chatgpt, planType: 'pro' }, 'u1', true).id).toBe(mine.id);
});

it('knows when no login is needed, and when one is missing', () => {
  expect(toAccountInfo(null, null, false).login).toBe('notNeeded');
  expect(toAccountInfo(null, null, true).login).toBe('missing');
});
