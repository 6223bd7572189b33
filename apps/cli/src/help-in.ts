import { type Argument, type Command, Help, type Option } from 'commander';
import { graphemes, graphemeWidth, textWidth } from './terminal/text-width.ts';
import type { Texts } from './texts/texts.ts';

type HelpStyle = Pick<
  Help,
  | 'commandUsage'
  | 'subcommandTerm'
  | 'displayWidth'
  | 'styleTitle'
  | 'optionDescription'
  | 'argumentDescription'
  | 'boxWrap'
  | 'visibleGlobalOptions'
>;

/** How commander lays help out in a language: its own words replaced, and wide letters counted as wide. */
export function helpIn({ program }: Texts): HelpStyle & { readonly showGlobalOptions: true } {
  const titles: Readonly<Record<string, string>> = program.titles;
  return {
    showGlobalOptions: true,
    visibleGlobalOptions: (command) => optionsAbove(command),
    commandUsage: (command) => placeholders(new Help().commandUsage(command)),
    subcommandTerm: (command) => placeholders(new Help().subcommandTerm(command)),
    displayWidth: textWidth,
    styleTitle: (title) => titles[title] ?? title,
    optionDescription: (option: Option) => described(option),
    argumentDescription: (argument: Argument) => described(argument),
    boxWrap: (text, width) =>
      text
        .split('\n')
        .map((line) => wrap(line, width))
        .join('\n'),
  };

  function placeholders(term: string): string {
    return term.replace('[options]', program.options).replace('[command]', program.command);
  }

  function described({ description, argChoices, defaultValue }: Option | Argument): string {
    const facts = [
      ...(argChoices === undefined ? [] : [program.choices(argChoices.join(', '))]),
      ...(defaultValue === undefined || Array.isArray(defaultValue) ? [] : [program.default(String(defaultValue))]),
    ];
    return facts.length === 0 ? description : `${description} ${program.aside(facts)}`;
  }
}

/** The options of the commands above, but for those that the command itself has in a meaning of its own. */
function optionsAbove(command: Command): Option[] {
  const own = new Set(command.options.map((option) => option.long));
  const above = command.parent === null ? [] : [...command.parent.options, ...optionsAbove(command.parent)];
  return above.filter((option) => !option.hidden && !own.has(option.long));
}

/** Breaks at spaces and between wide letters. */
function wrap(text: string, width: number): string {
  const lines = [''];
  let used = 0;
  for (const word of words(text)) {
    const columns = textWidth(word);
    if (used > 0 && used + textWidth(word.trimEnd()) > width) {
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += word;
    used += columns;
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** Parts that stay together, each with the space behind it: words, and single wide letters with the marks that close them. */
function words(text: string): readonly string[] {
  const parts: string[] = [];
  let before = '';
  for (const letter of graphemes(text)) {
    const isGlued = letter === ' ' || /[、。，；：！？）”」]/.test(letter);
    const isBorder = before === ' ' || graphemeWidth(before) === 2 || graphemeWidth(letter) === 2;
    if (before === '' || (isBorder && !isGlued)) parts.push(letter);
    else parts[parts.length - 1] += letter;
    before = letter;
  }
  return parts;
}
