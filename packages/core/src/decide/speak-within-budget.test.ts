import { asId, type ChannelId, type SendBudget } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import {
  deliveryAccepted,
  deliveryFailed,
  fired,
  givenScope,
  lost,
  message,
  progressed,
  stranger,
  testRules,
  worked,
} from '../testing/given.ts';
import type { Rules } from './rules.ts';

interface Room {
  readonly left: number;
}

/** Two messages after each inbound one; the second is kept for what is urgent. */
const two: SendBudget = {
  messages: 2,
  windowMs: 1_000,
  initial: { left: 0 },
  release: () => ({ left: 2 }),
  cost: () => 1,
  claim(state, { purpose, at }) {
    const { left } = state as unknown as Room;
    if (left === 0) return { allowed: false, reason: 'spent' };
    if (left === 1 && purpose === 'reply') return { allowed: false, reason: 'reserved', retryAt: at + 500 };
    return { allowed: true, state: { left: left - 1 }, isLast: left === 1 };
  },
  learn: (state, news) => (news.outcome === 'spent' ? { left: 0 } : state),
  left: (state) => ({ messages: (state as unknown as Room).left }),
};

const channel = asId<ChannelId>('fake');
const rules: Partial<Rules> = {
  channels: new Map([[channel, { split: (markdown) => [markdown], hasLive: false, hasActions: false, budget: two }]]),
};
const given = givenScope(rules);
const spent = { ledger: { budget: { left: 0 }, count: 0, held: [] } };
const turn = asId<never>('t');

describe('a platform that lets us speak only so often', () => {
  it('holds what there is no room for, with the conversation', () => {
    const { decision } = given.running({ phase: {} }).when(lost()).leadsTo({ says: [] });
    expect(decision.state.ledger?.held).toMatchObject([
      { purpose: 'final', message: { markdown: expect.stringContaining('cut off') } },
    ]);
  });

  it('lets steps of a run fall away for which there is no room', () => {
    const { decision } = givenScope(rules)
      .idle({ ...given.running().state, ...spent })
      .when(worked([{ type: 'used', tool: 'x' }]));
    expect(decision.effects).toEqual([]);
    expect(decision.state.ledger?.held).toEqual([]);
  });

  it('says what waits when somebody writes, in its order, before what is new', () => {
    const held = given.idle(spent).when(deliveryFailed({ message: { markdown: 'A' } })).decision.state;
    expect(held.ledger?.held).toHaveLength(1);
    const heard = given.idle(held).when(message('/whoami'));
    heard.leadsTo({ says: [/may or may not have arrived[\s\S]*1 more wait/], asks: ['timer'] });
    expect(heard.decision.state.ledger?.held).toMatchObject([{ message: { markdown: expect.stringContaining('You are') } }]);
  });

  it('tells of what waits on the last message that has room for a word', () => {
    const split = (markdown: string) => (markdown.startsWith('full') && markdown !== 'full' ? [markdown, ''] : [markdown]);
    const channels = new Map([[channel, { split, hasLive: false, hasActions: false, budget: two }]]);
    const waits = ['one', 'full', 'late'].map(
      (markdown, order) => ({ order, message: { markdown }, purpose: 'final', at: 0 }) as const,
    );
    givenScope({ channels })
      .idle({ ledger: { budget: { left: 0 }, count: 3, held: waits } })
      .when(message('/whoami'))
      .leadsTo({ says: [/^one[\s\S]*more wait/, /^full$/] });
  });

  it('keeps the last room for what is urgent', () => {
    const one = { ledger: { budget: { left: 1 }, count: 0, held: [] } };
    given
      .idle(one)
      .when(deliveryFailed())
      .leadsTo({ says: [], asks: ['timer'] });
    const running = given.running().state;
    const end = progressed({ type: 'turn.completed', turn, text: 'Done.' });
    givenScope(rules)
      .idle({ ...running, ...one })
      .when(end)
      .leadsTo({ says: ['Done.'] });
  });

  it('tries again when the budget says so', () => {
    const one = { ledger: { budget: { left: 1 }, count: 0, held: [] } };
    const waits = given.idle(one).when(deliveryFailed());
    const state = {
      ...waits.decision.state,
      ledger: { budget: { left: 2 }, count: 1, held: waits.decision.state.ledger?.held ?? [] },
    };
    given
      .idle(state)
      .when(fired({ name: 'budget' }))
      .leadsTo({ says: [/may or may not/] });
  });

  it('puts a message that the platform refused back to the head of the line, and believes the platform', () => {
    const state = {
      ledger: { budget: { left: 2 }, count: 2, held: [{ order: 2, message: { markdown: 'later' }, purpose: 'final', at: 0 }] },
    } as const;
    const refused = deliveryFailed({ code: 'channel.rate_limited', message: { markdown: 'first' }, purpose: 'final', order: 1 });
    const { decision } = given.idle(state).when(refused).leadsTo({ says: [] });
    expect(decision.state.ledger).toMatchObject({
      budget: { left: 0 },
      held: [{ message: { markdown: 'first' } }, { message: { markdown: 'later' } }],
    });
  });

  it('keeps what was refused because our login had ended, for whoever writes under the next one', () => {
    const state = { ledger: { budget: { left: 0 }, count: 1, held: [] }, reply: { under: 'new' } };
    const refused = deliveryFailed({ code: 'channel.unauthorized', order: 1, reply: { under: 'old' } });
    const kept = given.idle(state).when(refused).leadsTo({ says: [] });
    expect(kept.decision.state.ledger?.held).toMatchObject([{ order: 1 }]);
    expect(kept.decision.state.ledger?.held[0]).not.toHaveProperty('reply');
  });

  it('learns what was accepted and what came too fast', () => {
    const heard: string[] = [];
    const budget: SendBudget = {
      ...two,
      learn: (state, { outcome, pauseMs }) => {
        heard.push(`${outcome} ${pauseMs ?? ''}`.trim());
        return state;
      },
    };
    const channels = new Map([[channel, { split: (markdown: string) => [markdown], hasLive: false, hasActions: false, budget }]]);
    const learning = givenScope({ channels }).idle(spent);
    learning.when(deliveryAccepted());
    learning.when(deliveryFailed({ code: 'channel.rate_limited', pauseMs: 700 }));
    learning.when(deliveryFailed({ code: 'channel.rejected' }));
    learning.when(deliveryFailed());
    expect(heard.filter((_, index) => index % 2 === 0)).toEqual(['accepted', 'throttled 700', 'unsent', 'unknown']);
  });

  it('lets a refusal to a stranger hang on the stranger’s own message, now and later', () => {
    const refused = given
      .idle({ ledger: { budget: { left: 0 }, count: 0, held: [] }, reply: { to: 'owner' } })
      .when(message('hi', { by: stranger }));
    expect(refused.decision.effects).toMatchObject([{ type: 'deliver', reply: { to: 'hi' } }]);
    const closed: SendBudget = { ...two, release: (state) => state };
    const channels = new Map([
      [channel, { split: (markdown: string) => [markdown], hasLive: false, hasActions: false, budget: closed }],
    ]);
    const held = givenScope({ channels })
      .idle({ ledger: { budget: { left: 0 }, count: 0, held: [] } })
      .when(message('hi', { by: stranger })).decision.state;
    expect(held.ledger?.held).toMatchObject([{ reply: { to: 'hi' } }]);
    expect(given.idle(held).when(message('again', { by: stranger })).decision.effects[0]).toMatchObject({ reply: { to: 'hi' } });
  });

  it('never exceeds it, whatever happens', () => {
    let when = given.idle().when(message('/help'));
    let sent = 0;
    for (let n = 0; n < 20; n += 1) {
      when = when.when(deliveryFailed({ message: { markdown: `m${n}` } }));
      sent += when.decision.effects.filter((effect) => effect.type === 'deliver').length;
    }
    expect(sent).toBeLessThanOrEqual(1);
    expect(when.decision.state.ledger?.held.length).toBe(20 - sent);
  });

  it('keeps the order of several that were refused one after the other', () => {
    const claimed = { ledger: { budget: { left: 0 }, count: 3, held: [] } };
    const refusedOne = (order: number) =>
      deliveryFailed({ code: 'channel.rate_limited', message: { markdown: `part ${order}` }, purpose: 'final', order });
    const { state } = given.idle(claimed).when(refusedOne(1)).when(refusedOne(2)).when(refusedOne(3)).decision;
    expect(state.ledger?.held.map((one) => one.message.markdown)).toEqual(['part 1', 'part 2', 'part 3']);
  });

  it('shows in /queue what is held', () => {
    const held = [{ order: 1, message: { markdown: 'later' }, purpose: 'final', at: 0 }] as const;
    const { decision } = given
      .idle({ ledger: { budget: { left: 0 }, count: 3, held: [...held, ...held, ...held] } })
      .when(message('/queue'));
    expect(decision.state.ledger?.held.at(-1)?.message.markdown).toContain('Replies held back by the platform');
  });
});

it('leaves other channels alone', () => {
  const { decision } = givenScope()
    .running()
    .when(lost())
    .leadsTo({ says: [/cut off/] });
  expect(decision.state.ledger).toBeUndefined();
  expect(testRules.channels.get(channel)?.budget).toBeUndefined();
});
