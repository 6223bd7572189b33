import { InvalidArgumentError } from 'commander';
import type { Texts } from '../texts/texts.ts';

/** Reads a whole number within bounds, as commander wants it of an option. */
export function wholeNumber({ program }: Texts, from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(program.wantedNumber({ from, to }));
  };
}
