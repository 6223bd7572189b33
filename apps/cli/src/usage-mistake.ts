import type { Texts } from './texts/texts.ts';

/** What commander says of wrong usage, in the caller's language. Its messages are the only thing it gives. Pure. */
export function usageMistake(said: string, { program }: Texts): string {
  const text = said.replace(/^error: /, '').trim();
  const kinds: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
    [/^unknown option '(.*)'$/, (flag = '') => program.unknownOption(flag)],
    [/^unknown command '(.*)'$/, (name = '') => program.unknownCommand(name)],
    [/^missing required argument '(.*)'$/, (name = '') => program.missingArgument(name)],
    [/^option '(.*)' argument missing$/, (flags = '') => program.missingValue(flags)],
    [/^required option '(.*)' not specified$/, (flags = '') => program.missingOption(flags)],
    [/^option '(.*)' cannot be used with option '(.*)'$/, (one = '', other = '') => program.conflict({ one, other })],
    [/^too many arguments/, () => program.tooMany],
    [
      /^option '(.*)' argument '([\s\S]*)' is invalid\. (.*)$/,
      (flags = '', value = '', wanted = '') => program.badValue({ flags, value, wanted: wantedIn(wanted) }),
    ],
    [
      /^command-argument value '([\s\S]*)' is invalid for argument '(.*)'\. (.*)$/,
      (value = '', name = '', wanted = '') => program.badArgument({ name, value, wanted: wantedIn(wanted) }),
    ],
  ];
  for (const [pattern, tell] of kinds) {
    const found = pattern.exec(text);
    if (found !== null) return tell(...found.slice(1));
  }
  return text;

  function wantedIn(wanted: string): string {
    const [, choices] = /^Allowed choices are (.*)\.$/.exec(wanted) ?? [];
    return choices === undefined ? wanted : program.wantedChoice(choices);
  }
}
