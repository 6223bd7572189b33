import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseWire } from './parse-wire.ts';

it('keeps every digit of ids beyond 2^53, and tells neighbours apart', () => {
  const text =
    '{"msgs":[{"message_id":7391200000000000001},{"message_id":7391200000000000002}],"n":9007199254740991,"x":-9007199254740993}';
  expect(parseWire(text)).toEqual({
    msgs: [{ message_id: '7391200000000000001' }, { message_id: '7391200000000000002' }],
    n: 9007199254740991,
    x: '-9007199254740993',
  });
});

it('leaves digits inside texts, decimals and exponents alone', () => {
  const text =
    '{"a":"say \\"12345678901234567890\\" and \\\\","b":1234567890.1234567890123456,"c":12345678901234567e3,"d":["\\\\",12345678901234567890]}';
  expect(parseWire(text)).toEqual({
    ...JSON.parse('{"a":"say \\"12345678901234567890\\" and \\\\","b":1234567890.1234567890123456,"c":12345678901234567e3}'),
    d: ['\\', '12345678901234567890'],
  });
});

it('refuses what JSON.parse refuses', () => {
  for (const text of [
    '',
    '{',
    '{"a":12345678901234567890',
    '"1234567890123456',
    '12345678901234567890 x',
    '01234567890123456789',
  ]) {
    expect(() => parseWire(text), text).toThrow(SyntaxError);
  }
});

it('reads any JSON like JSON.parse, apart from large integers', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }), fc.string(), (value, id, text) => {
      const json = `{"id":${id},"value":${JSON.stringify(value)},"text":${JSON.stringify(text)}}`;
      const parsed = parseWire(json) as { id: string; value: unknown; text: string };
      expect(parsed.id).toBe(String(id));
      expect(parsed.text).toBe(text);
      const inexact = JSON.stringify(value).match(/(?<![\d.eE"])-?\d{16,}/) !== null;
      if (!inexact) expect(parsed.value).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
