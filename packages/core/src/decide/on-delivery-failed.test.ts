import { it } from 'vitest';
import { deliveryFailed, givenScope } from '../testing/given.ts';

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

it('says nothing about a word that was itself about a message', () => {
  given
    .idle()
    .when(deliveryFailed({ isNotice: true }))
    .leadsTo({ says: [] });
});

it('says nothing where nobody is left to read it', () => {
  given
    .idle()
    .when(deliveryFailed({ code: 'channel.target_gone' }))
    .leadsTo({ says: [] });
});
