import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../secret/run-secret.ts');

export interface SecretOptions extends CommonOptions {
  readonly revoke?: true;
}

/** Keys that a profile makes for itself. */
export const secret: CommandFile = {
  define(command, io, act) {
    command.addHelpText('after', examples('threadbridge secret rotate tokens', 'threadbridge secret rotate tokens --revoke'));
    const rotate = command.command('rotate').description('Put a new key in use.');
    const tokens = rotate
      .command('tokens')
      .description('The key of buttons and approval codes. Those shown before stay good until they expire.')
      .option('--revoke', 'those shown before end at once')
      .addHelpText('after', examples('threadbridge secret rotate tokens', 'threadbridge secret rotate tokens --revoke'))
      .action(() => act(async () => (await load()).rotateTokens(tokens.optsWithGlobals<SecretOptions>(), io)));
  },
};
