import { Option } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';
import { wholeNumber } from './whole-number.ts';

export interface LogsOptions extends CommonOptions {
  readonly follow?: true;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly lines: number;
}

/** The log of the profile. It holds no secret and no words of people. */
export const logs: CommandFile = {
  define(command, io, act) {
    const { status } = io.texts;
    command
      .option('-f, --follow', status.follow)
      .addOption(new Option('--level <level>', status.level).choices(['debug', 'info', 'warn', 'error']).default('info'))
      .option('-n, --lines <n>', status.lines, wholeNumber(io.texts, 0, 1_000_000), 100)
      .addHelpText(
        'after',
        examples(io.texts, 'threadbridge logs', 'threadbridge logs -f --level warn', 'threadbridge logs -n 1000 --json'),
      )
      .action(() => act(async () => (await import('../logs/run-logs.ts')).runLogs(command.optsWithGlobals<LogsOptions>(), io)));
  },
};
