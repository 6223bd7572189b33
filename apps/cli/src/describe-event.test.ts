import type { LifecycleEvent } from '@threadbridge/gateway';
import { expect, it } from 'vitest';
import { describeEvent } from './describe-event.ts';
import { textsIn } from './texts/texts.ts';

it('says that all is up, with the addresses', () => {
  const event: LifecycleEvent = {
    ...{ event: 'warning', profile: 'team', about: 'unowned' },
    message: 'Nobody in a chat owns this profile.',
    remedy: '`threadbridge claim --profile team` shows the code that changes it.',
  };
  expect(describeEvent(event, textsIn('zh'))?.text).toBe(
    `警告：${textsIn('zh').start.unowned} \`threadbridge claim --profile team\` 显示让你成为所有者的代码。`,
  );
});

it('says what cannot listen, and does not call its channel ready', () => {
  const place = { host: '127.0.0.1', port: 8766, setting: 'console.port', reason: 'EADDRINUSE' } as const;
  const notListening = { services: ['console'], ...place } as const;
  const warning: LifecycleEvent = { event: 'warning', profile: 'default', message: 'Not there.', notListening };
  expect(describeEvent(warning, textsIn('en'))?.text).toBe(`Warning: ${textsIn('en').status.notListening(notListening)}`);
  const channels = { console: 'failed', wechat: 'connected' } as const;
  const ready: LifecycleEvent = { event: 'ready', profile: 'default', pid: 7, channels, notListening: [notListening] };
  expect(describeEvent(ready, textsIn('en'))?.text).toBe('Ready: channels wechat. Ctrl-C stops.');
});
