import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface SecretOptions extends CommonOptions {
  readonly revoke?: true;
}

const load = () => import('../secret/run-secret.ts');

/** Secrets that the profile keeps by name. Their values are never printed, but for a token that was just made. */
export const secret: CommandFile = {
  define(command, io, act) {
    const { secret: texts } = io.texts;
    const options = () => command.optsWithGlobals<CommonOptions>();
    command.addHelpText('after', examples(io.texts, 'threadbridge secret set openai', 'threadbridge secret list'));
    command
      .command('set')
      .description(texts.set)
      .argument('<id>', texts.id)
      .addHelpText(
        'after',
        examples(io.texts, 'threadbridge secret set openai', 'pass show openai | threadbridge secret set openai'),
      )
      .action((id: string) => act(async () => (await load()).setSecret(id, options(), io)));
    command
      .command('list')
      .description(texts.list)
      .addHelpText('after', examples(io.texts, 'threadbridge secret list', 'threadbridge secret list --json'))
      .action(() => act(async () => (await load()).listSecrets(options(), io)));
    command
      .command('remove')
      .description(texts.remove)
      .argument('<id>', texts.id)
      .addHelpText('after', examples(io.texts, 'threadbridge secret remove openai'))
      .action((id: string) => act(async () => (await load()).removeSecret(id, options(), io)));
    const rotate = command
      .command('rotate')
      .description(texts.rotate)
      .argument('<id>', texts.id)
      .option('--revoke', texts.revoke)
      .addHelpText(
        'after',
        examples(
          io.texts,
          'threadbridge secret rotate nativeApi.token',
          'threadbridge secret rotate tokens --revoke',
          'threadbridge secret rotate openai',
        ),
      )
      .action((id: string) => act(async () => (await load()).rotateSecret(id, rotate.optsWithGlobals<SecretOptions>(), io)));
  },
};
