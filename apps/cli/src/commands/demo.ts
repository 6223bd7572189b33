import { InvalidArgumentError } from 'commander';
import type { Texts } from '../texts/texts.ts';
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
    const { demo: texts } = io.texts;
    command
      .option('--tour', texts.tour)
      .option('--once <text>', texts.once, toMessage(io.texts))
      .option('--approve', texts.approve)
      .option('--keep <dir>', texts.keep)
      .addHelpText(
        'after',
        examples(io.texts, 'threadbridge demo', 'threadbridge demo --tour', 'threadbridge demo --once "write a file" --approve'),
      )
      .action(() => act(async () => (await import('../demo/run-demo.ts')).runDemo(command.optsWithGlobals<DemoOptions>(), io)));
  },
};

function toMessage({ program }: Texts): (text: string) => string {
  return (text) => {
    if (text.trim() !== '') return text;
    throw new InvalidArgumentError(program.wantedMessage);
  };
}
