import { expect, it } from 'vitest';
import { toAnswerSchema } from './to-schema.ts';

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const strictOf = (schema: object, strict?: boolean) =>
  toAnswerSchema({ name: 'a', schema, ...(strict !== undefined && { strict }) }, 'at').strictSchema;

it('closes every object of a schema that need not be strict, and leaves the rest as it is', () => {
  const schema = object({
    a: { type: 'string', description: 'x' },
    list: { type: 'array', items: object({ b: { type: 'number' } }) },
    either: { anyOf: [object({}), { type: 'null' }] },
    ref: { $ref: '#/$defs/c' },
  });
  const closed = { additionalProperties: false };
  expect(strictOf({ ...schema, $defs: { c: object({ d: {} }) } })).toEqual({
    ...object(
      {
        a: { type: 'string', description: 'x' },
        list: { type: 'array', items: object({ b: { type: 'number' } }, { ...closed, required: ['b'] }) },
        either: { anyOf: [object({}, { ...closed, required: [] }), { type: 'null' }] },
        ref: { $ref: '#/$defs/c' },
      },
      { ...closed, required: ['a', 'list', 'either', 'ref'] },
    ),
    $defs: { c: object({ d: {} }, { ...closed, required: ['d'] }) },
  });
});

it('takes a strict schema as it is, and names the place where it is not strict', () => {
  const strict = object(
    { a: object({}, { additionalProperties: false, required: [] }) },
    { additionalProperties: false, required: ['a'] },
  );
  expect(strictOf(strict, true)).toEqual(strict);
  const open = object({ a: object({}) }, { additionalProperties: false, required: ['a'] });
  expect(() => strictOf(open, true)).toThrow("'at.schema.properties.a'");
});

it('is not confused by members that are named like keywords', () => {
  const schema = object({ properties: { type: 'string' }, items: { type: 'string' } });
  expect(strictOf(schema)).toEqual({ ...schema, additionalProperties: false, required: ['properties', 'items'] });
});
