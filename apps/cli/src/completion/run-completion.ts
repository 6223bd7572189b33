import type { Command } from 'commander';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { completionScript, type Shell } from './completion-script.ts';

/** Prints what a shell needs to complete these commands. Answers with the exit code. */
export async function runCompletion(shell: Shell, commands: readonly Command[], io: Io): Promise<number> {
  const known = commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    subcommands: command.commands.map((one) => one.name()),
  }));
  io.stdout.write(completionScript(shell, known));
  return exitCode.done;
}
