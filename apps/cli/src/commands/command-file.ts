import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Language, Texts } from '../texts/texts.ts';

/** What the command line says beside a command's own options. They may stand before or behind it. */
export interface CommonOptions {
  readonly profile?: string;
  readonly config?: string;
  readonly json?: true;
  readonly lang?: Language;
  readonly debug?: true;
}

/** Runs an action and keeps its exit code. Errors it throws are reported by the command line. */
export type Act = (action: () => Promise<number>) => Promise<void>;

/** One command: its file defines it on the command it is given. */
export interface CommandFile {
  define(command: Command, io: Io, act: Act): void;
}

/** A command as the list of all commands knows it, before its file is loaded. */
export interface CommandEntry {
  readonly name: string;
  /** One line of the list of all commands. */
  summary(texts: Texts): string;
  load(): Promise<CommandFile>;
}

/** The block of examples that every command's help ends with. */
export function examples({ program }: Texts, ...lines: readonly string[]): string {
  return `\n${program.examples}\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
