import { expect, it } from 'vitest';
import { hideNames } from './hide-names.ts';

const stands = [
  { hidden: '/home/olga', shown: '~' },
  { hidden: '/home/olga/code/app', shown: '$WORKSPACE' },
  { hidden: 'olga', shown: 'USER' },
  { hidden: 'me', shown: 'USER' },
];

it('puts the longest stand first, and a name only where it is a word', () => {
  expect(hideNames({ a: ['/home/olga/code/app/x', '/home/olga/y'], 'by Olga': 'olgas, olga; me' }, stands)).toEqual({
    a: ['$WORKSPACE/x', '~/y'],
    'by USER': 'olgas, USER; me',
  });
});

it('hides the ids of people and chats', () => {
  const text = 'wechat:o9cq80x@im.wechat feishu:ou_7d8a6e6df7621556ce0d21922b676706 oc_5ce6d572455d361153b7cb51da133945';
  expect(hideNames(text, [])).toBe('wechat:[wechat id] feishu:[ou id] [oc id]');
});

it('leaves numbers and what holds no name as they are', () => {
  expect(hideNames({ pid: 7, ok: true, none: null, level: 'info' }, stands)).toEqual({
    pid: 7,
    ok: true,
    none: null,
    level: 'info',
  });
});
