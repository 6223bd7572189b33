import { expect, it } from 'vitest';
import { checkLength } from './check-length.ts';

it('takes a text up to the limit and refuses a longer one, by what the platform counts', () => {
  checkLength('字字', { max: 6, unit: 'bytes' });
  checkLength('字字', { max: 2, unit: 'characters' });
  const refusal = (size: number, unit: string, max: number) =>
    expect.objectContaining({
      ...{ code: 'channel.rejected', certain: true, remedy: 'Cut it with channel.split().' },
      message: `A message of ${size} ${unit} is longer than the ${max} that go into one.`,
    });
  expect(() => checkLength('字字', { max: 5, unit: 'bytes' })).toThrow(refusal(6, 'bytes', 5));
  expect(() => checkLength('字字字', { max: 2, unit: 'characters' })).toThrow(refusal(3, 'characters', 2));
});
