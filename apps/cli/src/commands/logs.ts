import { InvalidArgumentError, Option } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface LogsOptions extends CommonOptions {
  readonly follow?: true;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly lines: number;
}

/** The log of the profile. It holds no secret and no words of people. */
export const logs: CommandFile = {
  define(command, io, act) {
    command
      .option('-f, --follow', 'go on with what is written from now on, until Ctrl-C')
      .addOption(
        new Option('--level <level>', 'only what is as serious').choices(['debug', 'info', 'warn', 'error']).default('info'),
      )
      .option('-n, --lines <n>', 'how many, the newest', toLines, 100)
      .addHelpText(
        'after',
        examples('threadbridge logs', 'threadbridge logs -f --level warn', 'threadbridge logs -n 1000 --json'),
      )
      .action(() => act(async () => (await import('../logs/run-logs.ts')).runLogs(command.optsWithGlobals<LogsOptions>(), io)));
  },
};

function toLines(text: string): number {
  const lines = Number(text);
  if (Number.isInteger(lines) && lines >= 0) return lines;
  throw new InvalidArgumentError('Wanted: a number of lines.');
}
