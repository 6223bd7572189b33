import { expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { examineChannels } from './examine-channels.ts';

const texts = textsIn('en');
const live = (wechat: 'connected' | 'needs-login') => ({ profile: 'team', live: { channels: { wechat } } });
const stored = { key: 'wechat', state: 'ok', text: 'Logged in as b@im.bot.' } as const;

it('takes a login that the platform has ended for none, whatever is stored', () => {
  expect(examineChannels([stored], live('connected'), texts)).toEqual([
    { name: 'channel', state: 'ok', text: 'wechat: Logged in as b@im.bot.' },
  ]);
  expect(examineChannels([stored], live('needs-login'), texts).at(-1)).toEqual({
    ...{ name: 'login', state: 'fail', text: 'wechat is not logged in.' },
    remedy: 'Log in: threadbridge login wechat --profile team',
  });
});

it('says once, in the words of the caller, that nobody is logged in', () => {
  const remedy = 'Log in: threadbridge login wechat --profile team';
  const absent = { key: 'wechat', state: 'fail', isLoggedOut: true, text: 'Nobody is logged in.', remedy } as const;
  expect(examineChannels([absent], live('needs-login'), textsIn('zh'))).toEqual([
    { name: 'login', state: 'fail', text: 'wechat 尚未登录。', remedy: '请登录：threadbridge login wechat --profile team' },
  ]);
});
