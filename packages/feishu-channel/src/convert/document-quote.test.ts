import { expect, it } from 'vitest';
import { documentQuote } from './document-quote.ts';

it('quotes the passage and the document, whichever is known', () => {
  expect(documentQuote(undefined, undefined)).toBeUndefined();
  expect(documentQuote('on Monday', undefined)).toBe('on Monday');
  expect(documentQuote(undefined, 'We ship.\n')).toBe('[the document]\nWe ship.');
  expect(documentQuote('ship', ' \n')).toBe('ship');
});

it('takes of a long document what stands around the passage', () => {
  const text = `${'前'.repeat(20_000)}HERE${'🙂'.repeat(20_000)}`;
  const quote = documentQuote('HERE', text) ?? '';
  expect(Array.from(quote).length).toBeLessThan(12_100);
  expect(quote).toMatch(/前HERE🙂/);
  expect(quote).toMatch(/… 前[\s\S]*🙂 …$/);
  expect(documentQuote('not there', text)).toMatch(/\[the document\]\n前/);
  expect(documentQuote(undefined, `${'a'.repeat(20_000)}end`)).toMatch(/a …$/);
});
