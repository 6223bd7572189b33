import { expect, it } from 'vitest';
import { describeEvent } from './describe-event.ts';
import { textsIn } from './texts/texts.ts';

it('says that all is up, with the addresses', () => {
  const event = {
    event: 'ready',
    profile: 'p',
    pid: 1,
    channels: { wechat: 'connected' },
    nativeApi: 'http://127.0.0.1:1/v1',
  } as const;
  expect(describeEvent(event, textsIn('en'))).toEqual({
    text: 'Ready: channels wechat; API http://127.0.0.1:1/v1. Ctrl-C stops.',
    isTrouble: false,
  });
});

it('says what is to be done about a channel', () => {
  const error = { message: 'The login expired.', remedy: 'Run threadbridge login wechat.' };
  expect(
    describeEvent({ event: 'channel', profile: 'p', channel: 'wechat', state: 'needs-login', error }, textsIn('en')),
  ).toEqual({
    text: 'Channel wechat: needs-login. The login expired. Run threadbridge login wechat.',
    isTrouble: true,
  });
});

it('leaves an end by failure to whoever reports the failure', () => {
  expect(describeEvent({ event: 'stopped', profile: 'p', error: { message: 'x' } }, textsIn('en'))).toBeUndefined();
});
