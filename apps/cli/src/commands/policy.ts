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
    const shown = examples(
      'threadbridge policy explain --channel work --user ou_7d8a --command cd',
      'threadbridge policy explain --channel work --chat oc_5ce6 --group --user ou_7d8a --json',
    );
    command.addHelpText('after', shown);
    const explain = command
      .command('explain')
      .description('Print what would be decided about a message, a command and a run, with each rule that made it so.')
      .requiredOption('--channel <key>', 'the key of the channel in the configuration')
      .requiredOption('--user <id>', 'who writes, in the id of the platform')
      .option('--chat <id>', 'where, in the id of the platform (default: the private chat)')
      .option('--group', 'the chat is a group')
      .option('--command <name>', 'a chat command instead of a message')
      .addHelpText('after', shown)
      .action(() => act(async () => (await load()).explain(explain.optsWithGlobals<PolicyOptions>(), io)));
  },
};
