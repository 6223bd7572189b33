import { describe, expect, it } from 'vitest';
import { createTextGate } from './text-gate.ts';

const run = (options: Parameters<typeof createTextGate>[0], pieces: readonly string[]) => {
  const gate = createTextGate(options);
  const shown = pieces.map((piece) => gate.push(piece));
  return { shown, all: shown.join('') + gate.flush(), cut: gate.cut };
};

describe('a text gate', () => {
  it('lets everything through, piece by piece, where nothing limits it', () => {
    expect(run({ stop: [] }, ['a', 'b', ''])).toEqual({ shown: ['a', 'b', ''], all: 'ab', cut: undefined });
  });

  it('cuts at four characters a token', () => {
    expect(run({ maxTokens: 2, stop: [] }, ['abcde', 'fghij', 'k'])).toMatchObject({ all: 'abcdefgh', cut: 'length' });
    expect(run({ maxTokens: 2, stop: [] }, ['abcdefgh'])).toMatchObject({ all: 'abcdefgh', cut: undefined });
  });

  it('never cuts a character in halves', () => {
    expect(run({ maxTokens: 1, stop: [] }, ['abc😀'])).toMatchObject({ all: 'abc', cut: 'length' });
  });

  it('finds a stop sequence across pieces and holds back only what may begin one', () => {
    expect(run({ stop: ['END'] }, ['one E', 'N', 'D two'])).toEqual({ shown: ['one ', '', ''], all: 'one ', cut: 'stop' });
    expect(run({ stop: ['END'] }, ['one E', 'x'])).toEqual({ shown: ['one ', 'Ex'], all: 'one Ex', cut: undefined });
    expect(run({ stop: ['END'] }, ['the EN'])).toEqual({ shown: ['the '], all: 'the EN', cut: undefined });
    expect(run({ stop: ['aab'] }, ['aa', 'ab', 'c'])).toMatchObject({ all: 'a', cut: 'stop' });
    expect(run({ stop: ['b', 'a'] }, ['xab'])).toMatchObject({ all: 'x', cut: 'stop' });
  });

  it('takes whichever limit comes first', () => {
    expect(run({ maxTokens: 1, stop: ['z'] }, ['abcdefz'])).toMatchObject({ all: 'abcd', cut: 'length' });
  });
});
