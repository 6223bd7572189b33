import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { type Act, examples } from './commands/command-file.ts';
import { commands } from './commands/registry.ts';
import { helpIn } from './help-in.ts';
import type { Io } from './io.ts';
import { nearest } from './nearest.ts';
import type { Texts } from './texts/texts.ts';
import { usageMistake } from './usage-mistake.ts';

/** The command line on commander. Only the files of commands that these words may call are loaded. */
export async function createProgram(argv: readonly string[], io: Io, act: Act): Promise<Command> {
  const { texts } = io;
  const { program: words } = texts;
  const program: Command = new Command('threadbridge')
    .description(words.description)
    .version(await ownVersion(), '-v, --version', words.version)
    .option('--profile <name>', words.profile)
    .option('--config <file>', words.config)
    .option('--json', words.json)
    .addOption(new Option('--lang <language>', words.lang).choices(['en', 'zh']))
    .option('--debug', words.debug)
    .helpOption('-h, --help', words.help)
    .helpCommand('help [command]', words.helpCommand)
    .configureHelp(helpIn(texts))
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(`threadbridge: ${usageMistake(text, texts)} ${words.remedy}\n`),
    })
    .showSuggestionAfterError(false)
    .exitOverride()
    .addHelpText(
      'after',
      examples(texts, 'threadbridge demo', 'threadbridge start --workspace ~/code/app', 'threadbridge doctor'),
    )
    .argument('[command]')
    .usage(words.usage)
    .action((name: string | undefined) => {
      if (name === undefined) return program.outputHelp();
      refuseUnknown(program, name, texts);
    })
    // Help of what there is not would look as if there were.
    .on('beforeAllHelp', ({ command }: { readonly command: Command }) => {
      const [first, second] = command.args;
      const name = first === 'help' ? second : first;
      const isKnown = command.commands.some((one) => one.name() === name) || name === 'help';
      const isWrong = name !== undefined && !name.startsWith('-') && command.commands.length > 0 && !isKnown;
      if (isWrong) refuseUnknown(command, name, texts);
    });
  // To complete them, all have to be known; else a file is loaded only when its command is called.
  const isNamed = (name: string) => argv.includes(name) || argv[0] === 'completion';
  for (const entry of commands) {
    const summary = entry.summary(texts);
    const command = program.command(entry.name).summary(summary).description(words.sentence(summary));
    if (isNamed(entry.name)) (await entry.load()).define(command, io, act);
  }
  // Set last, because commands take such settings over: whatever follows an unknown command, it is the command that is wrong.
  return program.allowUnknownOption().allowExcessArguments();
}

function refuseUnknown(command: Command, name: string, { program }: Texts): never {
  const known = command.commands.map((one) => one.name());
  return command.error(program.noCommand({ name, meant: nearest(name, known) }));
}

async function ownVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}
