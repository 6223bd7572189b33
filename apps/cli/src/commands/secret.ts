import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface SecretOptions extends CommonOptions {
  readonly revoke?: true;
}

const load = () => import('../secret/run-secret.ts');

/** Secrets that the profile keeps by name. Their values are never printed, but for a token that was just made. */
export const secret: CommandFile = {
  define(command, io, act) {
    const options = () => command.optsWithGlobals<CommonOptions>();
    command.addHelpText('after', examples('threadbridge secret set openai', 'threadbridge secret list'));
    command
      .command('set')
      .description('Keep a secret: pasted here, or from stdin. The configuration names it by { "source": "keystore", "id": ID }.')
      .argument('<id>', 'its name')
      .addHelpText('after', examples('threadbridge secret set openai', 'pass show openai | threadbridge secret set openai'))
      .action((id: string) => act(async () => (await load()).setSecret(id, options(), io)));
    command
      .command('list')
      .description('Print the names of the secrets that are kept.')
      .addHelpText('after', examples('threadbridge secret list', 'threadbridge secret list --json'))
      .action(() => act(async () => (await load()).listSecrets(options(), io)));
    command
      .command('remove')
      .description('Forget a secret.')
      .argument('<id>', 'its name')
      .addHelpText('after', examples('threadbridge secret remove openai'))
      .action((id: string) => act(async () => (await load()).removeSecret(id, options(), io)));
    const rotate = command
      .command('rotate')
      .description(
        'Replace a secret: a token of ours by a new one, which is shown once; `tokens`, the key of buttons and approval codes; any other by one that you paste.',
      )
      .argument('<id>', 'its name')
      .option('--revoke', 'with tokens: those shown before end at once, instead of when they expire')
      .addHelpText(
        'after',
        examples(
          'threadbridge secret rotate nativeApi.token',
          'threadbridge secret rotate tokens --revoke',
          'threadbridge secret rotate openai',
        ),
      )
      .action((id: string) => act(async () => (await load()).rotateSecret(id, rotate.optsWithGlobals<SecretOptions>(), io)));
  },
};
