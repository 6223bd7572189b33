import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPosition } from './position.ts';

const place = (conversation: string, at: number) => ({ conversation, at, kind: 'group' as const });

it('survives being written and read', () => {
  const position = readPosition(undefined);
  position.handled('message/om_1', place('oc_1', 10));
  position.handled('message/om_2', place('oc_1/omt_1', 20));
  const again = readPosition(position.write());
  expect(again.places).toEqual([place('oc_1', 10), place('oc_1/omt_1', 20)]);
  expect(again.isHandled('message/om_1')).toBe(true);
  expect(again.isHandled('message/om_3')).toBe(false);
});

it('does not go past what is still being read', () => {
  const position = readPosition(undefined);
  position.handled('message/om_1', place('oc_1', 10));
  const release = position.hold('oc_1');
  position.handled('message/om_9', place('oc_1', 90));
  expect(readPosition(position.write()).places).toEqual([place('oc_1', 10)]);
  release();
  expect(readPosition(position.write()).places).toEqual([place('oc_1', 90)]);
});

it('stays small, and never goes back', () => {
  const position = readPosition(undefined);
  for (let n = 0; n < 2_000; n += 1) position.handled(`message/om_${n}${'x'.repeat(20)}${n}`, place(`oc_${n % 500}`, n));
  expect(position.write().length).toBeLessThan(20_000);
  position.handled('message/late', place('oc_400', 3));
  expect(position.places.find((one) => one.conversation === 'oc_400')?.at).toBe(1_900);
});

it('reads any cursor without an error', () => {
  fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (cursor) => void readPosition(cursor as never).write()));
});
