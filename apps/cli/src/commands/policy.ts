import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../policy/run-policy.ts');

export interface PolicyOptions extends CommonOptions {
  readonly channel: string;
  readonly user: string;
  readonly chat?: string;
  readonly group?: true;
  readonly command?: string;
}

/** What policy decides, and why. */
export const policy: CommandFile = {
  define(command, io, act) {
    const { inspect } = io.texts;
    const shown = examples(
      io.texts,
      'threadbridge policy explain --channel work --user ou_7d8a --command cd',
      'threadbridge policy explain --channel work --chat oc_5ce6 --group --user ou_7d8a --json',
    );
    command.addHelpText('after', shown);
    const explain = command
      .command('explain')
      .description(inspect.policyExplain)
      .requiredOption('--channel <key>', inspect.policyChannel)
      .requiredOption('--user <id>', inspect.policyUser)
      .option('--chat <id>', inspect.policyChat)
      .option('--group', inspect.policyGroup)
      .option('--command <name>', inspect.policyCommand)
      .addHelpText('after', shown)
      .action(() => act(async () => (await load()).explain(explain.optsWithGlobals<PolicyOptions>(), io)));
  },
};
