import { expect, it } from 'vitest';
import { parseJsonc } from './jsonc.ts';

function read(text: string) {
  const document = parseJsonc(text);
  if ('mistakes' in document) throw new Error(document.mistakes.map((mistake) => mistake.text).join());
  return document;
}

function mistakesIn(text: string) {
  const document = parseJsonc(text);
  return 'mistakes' in document
    ? document.mistakes.map(({ position, path, text: words }) => [position?.line, position?.column, path.join('.'), words])
    : [];
}

it('reads comments and trailing commas', () => {
  expect(read('{\n  // why\n  "a": [1, 2,], /* and */ "b": { "c": null, },\n}').value).toEqual({ a: [1, 2], b: { c: null } });
});

it('knows where values and keys stand', () => {
  const document = read('{\r\n  "a": {\r\n    "b": 1 } }');
  expect(document.locate(['a', 'b'])).toEqual({ line: 3, column: 10 });
  expect(document.locate(['a'], 'b')).toEqual({ line: 3, column: 5 });
});

it('places what is not there at the nearest thing around it', () => {
  expect(read('{\n  "a": {} }').locate(['a', 'b', 'c'])).toEqual({ line: 2, column: 8 });
});

it.each([
  ['', [[1, 1, '', 'broken JSON: a value is missing here']]],
  ['{\n  "a": 1\n  "b": 2 }', [[3, 3, '', 'broken JSON: a comma is missing before this']]],
  ['{ "a" 1 }', [[1, 7, '', 'broken JSON: a colon is missing before this']]],
  ['{ a: 1 }', [[1, 3, '', 'broken JSON: this is no value; texts need double quotes']]],
  ['{ "a": 1', [[1, 9, '', 'broken JSON: a closing } is missing']]],
  ['{} x', [[1, 4, '', 'broken JSON: this is no value; texts need double quotes']]],
  ['[]', [[1, 1, '', 'found no object; wanted: an object { … }']]],
  ['{ "a": 1,\n "a": 2 }', [[2, 2, 'a', 'is written twice; keep one']]],
  ['{ "__proto__": { "x": 1 } }', [[1, 3, '__proto__', 'there is no such setting']]],
])('says what is wrong with %j', (text, expected) => {
  expect(mistakesIn(text)).toEqual(expected);
});
