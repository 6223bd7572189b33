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
