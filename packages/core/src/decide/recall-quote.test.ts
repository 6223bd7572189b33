import { asId, type ChannelId, type MessageId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { deliveryAccepted, givenScope, message } from '../testing/given.ts';
import type { InputOf } from './input.ts';

const channel = asId<ChannelId>('fake');
const traits = { split: (markdown: string) => [markdown], hasLive: false, hasActions: false };
const id = (text: string) => asId<MessageId>(text);
const given = givenScope({ channels: new Map([[channel, { ...traits, quotesById: true }]]) });
const accepted = (name: string, text: string) =>
  ({ ...deliveryAccepted(), message: id(name), text }) as InputOf<'delivery.accepted'>;
const wrote = (text: string, more: Partial<InputOf<'message.received'>['event']>) => {
  const input = message(text) as InputOf<'message.received'>;
  return { ...input, event: { ...input.event, ...more } };
};
const quotes = (name: string) => wrote('is this true?', { quote: { id: id(name) } });
const quoteOf = (when: { decision: { state: { pending: readonly { quote?: unknown }[] } } }) =>
  when.decision.state.pending.at(-1)?.quote;

describe('a quote that is an id alone', () => {
  it('gets the words of what we said, and of what people said', () => {
    const said = given.running().when(accepted('m1', 'The build is green.'));
    expect(quoteOf(said.when(quotes('m1')))).toEqual({ id: 'm1', text: 'The build is green.' });
    const asked = given.running().when(wrote('why is it red?', { message: id('m2') }));
    expect(quoteOf(asked.when(quotes('m2')))).toEqual({ id: 'm2', text: 'why is it red?' });
  });

  it('keeps what the platform says itself, and stays an id where nothing is known', () => {
    const said = given.running().when(accepted('m1', 'The build is green.'));
    expect(quoteOf(said.when(quotes('other')))).toEqual({ id: 'other' });
    expect(quoteOf(said.when(wrote('?', { quote: { id: id('m1'), text: 'its own' } })))).toEqual({ id: 'm1', text: 'its own' });
  });

  it('costs little: the beginnings of the latest forty', () => {
    let when = given.idle().when(accepted('m0', 'x'.repeat(1_000)));
    for (let n = 1; n <= 40; n += 1) when = when.when(accepted(`m${n}`, '汉'.repeat(1_000)));
    const { said = [] } = when.decision.state;
    expect(said).toHaveLength(40);
    expect(said[0]?.id).toBe('m1');
    expect(Array.from(said[0]?.text ?? '')).toHaveLength(401);
  });

  it('is not remembered where the platform sends the words along', () => {
    const other = givenScope({ channels: new Map([[channel, traits]]) });
    expect(other.idle().when(accepted('m1', 'said')).decision.state.said).toBeUndefined();
  });
});
