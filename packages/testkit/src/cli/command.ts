import type { Command } from 'commander';

/** A fake that can be started from the command line: one file each, one line in `registry.ts`. */
export interface FakeCommand {
  readonly name: string;
  /** Adds options, help and action to a command of that name. */
  define(command: Command, world: CommandWorld): void;
}

/** What a command may touch. */
export interface CommandWorld {
  print(line: string): void;
  /** Lines the user types; ends with the input. */
  readonly lines: AsyncIterable<string>;
  /** Aborts on Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}
