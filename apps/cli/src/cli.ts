import { readFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { type CommonOptions, examples } from './commands/command-file.ts';
import { commands } from './commands/registry.ts';
import { exitCode } from './exit-code.ts';
import { type Io, writeLine } from './io.ts';
import { nearest } from './nearest.ts';
import { describeError } from './report-error.ts';

const processIo: Io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, environment: process.env };

/** Runs the command line. Answers with the exit code; never throws. */
export async function runCli(argv: readonly string[], io: Io = processIo): Promise<number> {
  let code: number = exitCode.done;
  endWithPartner(io);
  // A gateway whose channels are quiet has nothing else that keeps the process.
  const alive = setInterval(() => {}, 2 ** 30);
  const program = await createProgram(argv, io, async (action) => {
    code = await action();
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
    const hasStack = program.opts<CommonOptions>().debug === true;
    writeLine(io.stderr, describeError(error, hasStack));
    const { exitCodeOf } = await import('@threadbridge/gateway/exit-code');
    return exitCodeOf(error);
  } finally {
    clearInterval(alive);
  }
}

/** A reader that went away (`| head`) or a closed terminal is no failure; who has something to clean up is asked to end as by a signal. */
function endWithPartner({ stdin, stdout }: Io): void {
  let isGone = false;
  const leave = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    if (process.listenerCount('SIGTERM') === 0) process.exit(exitCode.done);
    if (!isGone) process.emit('SIGTERM', 'SIGTERM');
    isGone = true;
  };
  stdout.on('error', leave);
  stdin.on('error', leave);
}

async function createProgram(
  argv: readonly string[],
  io: Io,
  act: (action: () => Promise<number>) => Promise<void>,
): Promise<Command> {
  const program: Command = new Command('threadbridge')
    .description('Codex threads of your computer, in the chats of your phone.')
    .version(await ownVersion(), '-v, --version', 'print the version')
    .option('--profile <name>', 'profile to use (default: $THREADBRIDGE_PROFILE, then activeProfile)')
    .option('--config <file>', 'configuration file (default: $THREADBRIDGE_HOME/config.json)')
    .option('--json', 'print JSON, for programs')
    .option('--debug', 'print the stack of errors')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(`threadbridge: ${text.replace(/^error: /, '').replace(/\n+$/, '')} ${remedy}\n`),
    })
    .showSuggestionAfterError(false)
    .exitOverride()
    .addHelpText('after', examples('threadbridge demo', 'threadbridge start --workspace ~/code/app', 'threadbridge doctor'))
    .argument('[command]')
    .usage('<command> [options]')
    .action((name: string | undefined) => {
      if (name === undefined) return program.outputHelp();
      refuseUnknown(program, name);
    })
    // Help of what there is not would look as if there were.
    .on('beforeAllHelp', ({ command }: { readonly command: Command }) => {
      const [first, second] = command.args;
      const name = first === 'help' ? second : first;
      const isKnown = command.commands.some((one) => one.name() === name) || name === 'help';
      if (name !== undefined && !name.startsWith('-') && command.commands.length > 0 && !isKnown) refuseUnknown(command, name);
    });
  // To complete them, all have to be known; else a file is loaded only when its command is called.
  const isNamed = (name: string) => argv.includes(name) || argv[0] === 'completion';
  for (const entry of commands) {
    const command = program
      .command(entry.name)
      .summary(entry.summary)
      .description(`${entry.summary[0]?.toUpperCase()}${entry.summary.slice(1)}.`);
    if (isNamed(entry.name)) (await entry.load()).define(command, io, act);
  }
  // Set last, because commands take such settings over: whatever follows an unknown command, it is the command that is wrong.
  return program.allowUnknownOption().allowExcessArguments();
}

function refuseUnknown(command: Command, name: string): never {
  const known = command.commands.map((one) => one.name());
  const meant = nearest(name, known);
  return command.error(`there is no command "${name}"${meant === undefined ? '.' : `; did you mean "${meant}"?`}`);
}

const remedy = '`threadbridge --help` lists what there is.';

async function ownVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}
