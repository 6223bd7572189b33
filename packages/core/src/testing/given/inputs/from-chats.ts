import { type Actor, type ApprovalDecision, type ApprovalId, asId, type ChannelId, type Scope } from '@threadbridge/contract';
import type { Input, InputOf } from '../../../decide/input.ts';
import type { Notice } from '../../../decide/notice.ts';
import { at, firstRun, owner, taskScope } from '../profile.ts';
import { head } from './head.ts';

/** The platform took a message. */
export function deliveryAccepted(): Input {
  return { ...head(), type: 'delivery.accepted', claimedAt: at, cost: 1 };
}

/** A message did not get through, or may not have. */
export function deliveryFailed(change: Partial<InputOf<'delivery.failed'>> = {}): Input {
  return {
    ...head(),
    type: 'delivery.failed',
    effect: asId('x:0'),
    code: 'unknown',
    message: { markdown: 'The answer' },
    purpose: 'reply',
    claimedAt: at,
    isNotice: false,
    ...change,
  };
}

/** A channel of the profile has stopped. */
export function channelFailed(change: Partial<InputOf<'channel.failed'>> = {}): Input {
  const channel = asId<ChannelId>('other');
  return { ...head(), type: 'channel.failed', channel, code: 'channel.unauthorized', reason: 'The login has ended.', ...change };
}

/** What another conversation tells here. */
export function noticePosted(notice: Notice, from: Scope = taskScope): Input {
  return { ...head(), type: 'notice.posted', from, notice };
}

/** An answer to a question of the run here, given in another conversation. */
export function answeredElsewhere(approval: string, decision: ApprovalDecision, by: Actor = owner): Input {
  const answer = { type: 'decision', decision } as const;
  return {
    ...head(),
    type: 'approval.answered',
    from: taskScope,
    run: firstRun,
    approval: asId<ApprovalId>(approval),
    answer,
    by,
  };
}
