import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../audit/run-audit.ts');

export interface AuditOptions extends CommonOptions {
  readonly nativeApi?: true;
}

/** The audit log of a profile. It is read beside a running gateway. */
export const audit: CommandFile = {
  define(command, io, act) {
    command
      .option('--native-api', 'the log of `threadbridge native-api serve`, which keeps its own')
      .addHelpText('after', examples('threadbridge audit verify', 'threadbridge audit export > audit.jsonl'));
    command
      .command('verify')
      .description('Say whether the log is whole: nothing changed, nothing left out.')
      .addHelpText('after', examples('threadbridge audit verify', 'threadbridge audit verify --json'))
      .action(() => act(async () => (await load()).verifyLog(command.optsWithGlobals<AuditOptions>(), io)));
    command
      .command('export')
      .description('Print the log, one JSON object a line, oldest first.')
      .addHelpText('after', examples('threadbridge audit export', 'threadbridge audit export --profile team > audit.jsonl'))
      .action(() => act(async () => (await load()).exportLog(command.optsWithGlobals<AuditOptions>(), io)));
  },
};
