import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../audit/run-audit.ts');

export interface AuditOptions extends CommonOptions {
  readonly nativeApi?: true;
}

/** The audit log of a profile. It is read beside a running gateway. */
export const audit: CommandFile = {
  define(command, io, act) {
    const { inspect } = io.texts;
    command
      .option('--native-api', inspect.auditNativeApi)
      .addHelpText('after', examples(io.texts, 'threadbridge audit verify', 'threadbridge audit export > audit.jsonl'));
    command
      .command('verify')
      .description(inspect.auditVerify)
      .addHelpText('after', examples(io.texts, 'threadbridge audit verify', 'threadbridge audit verify --json'))
      .action(() => act(async () => (await load()).verifyLog(command.optsWithGlobals<AuditOptions>(), io)));
    command
      .command('export')
      .description(inspect.auditExport)
      .addHelpText(
        'after',
        examples(io.texts, 'threadbridge audit export', 'threadbridge audit export --profile team > audit.jsonl'),
      )
      .action(() => act(async () => (await load()).exportLog(command.optsWithGlobals<AuditOptions>(), io)));
  },
};
