import { InvalidArgumentError } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface DemoOptions extends CommonOptions {
  readonly once?: string;
  readonly approve?: boolean;
  readonly tour?: boolean;
  readonly keep?: string;
}

/** The whole of Threadbridge without account and network: only the model is a script. */
export const demo: CommandFile = {
  define(command, io, act) {
    command
      .option('--tour', 'a guided tour that runs by itself (default without a terminal)')
      .option('--once <text>', 'send one message, print what comes of it, and end', toMessage)
      .option('--approve', 'with --once: say yes to what Codex asks (default: no)')
      .option('--keep <dir>', 'use this directory and leave it; run again to go on')
      .addHelpText(
        'after',
        examples('threadbridge demo', 'threadbridge demo --tour', 'threadbridge demo --once "write a file" --approve'),
      )
      .action(() => act(async () => (await import('../demo/run-demo.ts')).runDemo(command.optsWithGlobals<DemoOptions>(), io)));
  },
};

function toMessage(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Wanted: a message.');
}
