import { CommanderError } from 'commander';
import type { CommonOptions } from './commands/command-file.ts';
import { createProgram } from './create-program.ts';
import { exitCode } from './exit-code.ts';
import { type Io, writeLine } from './io.ts';
import { describeError } from './report-error.ts';
import { chooseLanguage } from './texts/language.ts';
import { textsIn } from './texts/texts.ts';

/** The world of this process; in which language it is told things, the call decides. */
const processWorld: Omit<Io, 'language' | 'texts'> = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
};

/** Runs the command line. Answers with the exit code; never throws. */
export async function runCli(argv: readonly string[], world = processWorld): Promise<number> {
  let code: number = exitCode.done;
  endWithPartner(world);
  const language = await chooseLanguage(argv, world.environment);
  const io: Io = { ...world, language, texts: textsIn(language) };
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
    writeLine(io.stderr, describeError(error, io.texts, hasStack));
    const { exitCodeOf } = await import('@threadbridge/gateway/exit-code');
    return exitCodeOf(error);
  } finally {
    clearInterval(alive);
  }
}

/** A reader that went away (`| head`) or a closed terminal is no failure; who has something to clean up is asked to end as by a signal. */
function endWithPartner({ stdin, stdout, stderr }: Pick<Io, 'stdin' | 'stdout' | 'stderr'>): void {
  let isGone = false;
  const leave = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    if (process.listenerCount('SIGTERM') === 0) process.exit(exitCode.done);
    if (!isGone) process.emit('SIGTERM', 'SIGTERM');
    isGone = true;
  };
  for (const stream of [stdin, stdout, stderr]) stream.on('error', leave);
}
