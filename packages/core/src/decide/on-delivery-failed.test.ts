import { describe, expect, it } from 'vitest';
import { deliveryFailed, givenScope, message, noticePosted, stranger, worked } from '../testing/given.ts';

const given = givenScope();

it('tells that nobody knows whether a message arrived', () => {
  given
    .idle()
    .when(deliveryFailed({ message: { markdown: 'The answer is 42' } }))
    .leadsTo({ says: [/may or may not have arrived.*The answer is 42/] });
});

it('tells that a message was refused', () => {
  given
    .idle()
    .when(deliveryFailed({ code: 'channel.rejected' }))
    .leadsTo({ says: [/could not be delivered \(channel\.rejected\)/] });
});

describe('a word about a message that did not surely get through itself', () => {
  const word = { markdown: 'A message may or may not have arrived.' };
  const lost = deliveryFailed({ isNotice: true, message: word });

  it('is not told about, but said again before the next words', () => {
    given
      .idle()
      .when(lost)
      .leadsTo({ says: [] })
      .when(noticePosted({ type: 'told', text: 'hello' }))
      .leadsTo({ says: [word.markdown, 'hello'] })
      .when(noticePosted({ type: 'told', text: 'again' }))
      .leadsTo({ says: ['again'] });
  });

  it('is said again as soon as somebody writes, together with others of its kind', () => {
    given
      .idle()
      .when(lost)
      .when(deliveryFailed({ isNotice: true, message: { markdown: 'Another one, too.' } }))
      .when(message('go on'))
      .leadsTo({ says: [`${word.markdown}\n\nAnother one, too.`], asks: ['timer'], waiting: ['go on'] });
  });

  it('waits until it fails again, or is over', () => {
    const again = given.idle().when(lost).when(message('go on'));
    const [said] = again.decision.effects;
    expect(said).toMatchObject({ type: 'deliver', isNotice: true });
    expect(again.decision.state.untold).toBeUndefined();
    expect(again.when(lost).decision.state.untold).toEqual([word.markdown]);
  });

  it('is not said to whoever may not speak here, nor because of mere news', () => {
    const before = given.idle().when(lost);
    before.when(message('psst', { by: { ...stranger, isBot: true } })).leadsTo({ says: [] });
    given
      .running()
      .when(lost)
      .when(worked([{ type: 'used', tool: 'x' }]))
      .leadsTo({ says: [/x/] });
  });

  it.each(['channel.rejected', 'channel.target_gone'] as const)('is given up where it surely never will (%s)', (code) => {
    given
      .idle()
      .when(deliveryFailed({ isNotice: true, code }))
      .when(message('/whoami'))
      .leadsTo({ says: [/You are/] });
  });
});

it('says nothing where nobody is left to read it', () => {
  given
    .idle()
    .when(deliveryFailed({ code: 'channel.target_gone' }))
    .leadsTo({ says: [] });
});
