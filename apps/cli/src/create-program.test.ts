import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { createProgram } from './create-program.ts';
import type { Io } from './io.ts';
import { textWidth } from './terminal/text-width.ts';
import { type Language, textsIn } from './texts/texts.ts';

interface Shown {
  readonly path: string;
  readonly command: Command;
  readonly help: string;
}

/** Every command with those below it, as a caller types them, and its help on a terminal of 80 columns. */
async function helps(language: Language): Promise<readonly Shown[]> {
  const shown: string[] = [];
  const stdout = { columns: 80, write: (text: string) => shown.push(text) };
  // Completion has to know all commands, so all are loaded for it.
  const io = { stdout, stderr: stdout, texts: textsIn(language) } as unknown as Io;
  const program = await createProgram(['completion'], io, async () => {});
  const visit = (command: Command, path: string): readonly Shown[] => {
    command.configureOutput({ getOutHelpWidth: () => 80 });
    command.outputHelp();
    const help = shown.splice(0).join('');
    return [{ path, command, help }, ...command.commands.flatMap((below) => visit(below, `${path} ${below.name()}`))];
  };
  return visit(program, 'threadbridge');
}

it.each(['en', 'zh'] as const)('has for every command what it does and an example, in %s', async (language) => {
  const isOurs = language === 'zh' ? /\p{Script=Han}/u : /^[\x20-\x7e…]+$/;
  const found = await helps(language);
  expect(found.length).toBeGreaterThan(40);
  for (const { path, command, help } of found) {
    expect(command.description(), path).toMatch(isOurs);
    const [, example = ''] = help.split(textsIn(language).program.examples);
    expect(example, path).toMatch(new RegExp(`^ {2}\\$ .*${path}`, 'm'));
    for (const { description, flags } of command.options) expect(description, `${path} ${flags}`).toMatch(isOurs);
    for (const one of command.registeredArguments)
      if (one.description !== '') expect(one.description, `${path} ${one.name()}`).toMatch(isOurs);
  }
});

it('lists no option of a command twice', async () => {
  for (const { path, help } of await helps('en')) {
    const listed = Array.from(help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm), ([, name]) => name);
    expect(listed, path).toEqual([...new Set(listed)]);
  }
});

it('leaves no word of commander in the Chinese help, and no line wider than the terminal', async () => {
  for (const { path, help } of await helps('zh')) {
    expect(help, path).not.toMatch(/Usage:|Options:|Arguments:|Commands:|Examples:|default:|choices:|\[options\]|display help/);
    const [above = ''] = help.split('示例：');
    for (const row of above.split('\n')) expect(textWidth(row), `${path}: ${row}`).toBeLessThanOrEqual(80);
  }
});
