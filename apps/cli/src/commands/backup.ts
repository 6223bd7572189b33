import { type Command, Option } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../backup/run-backup.ts');

export interface BackupOptions extends CommonOptions {
  readonly withSecrets?: true;
}

/** A profile in one file: made beside a running gateway, checked, put back. */
export const backup: CommandFile = {
  define(command, io, act) {
    const { backup: texts } = io.texts;
    const secrets = (words: string) => new Option('--with-secrets', words);
    const restore = command
      .command('restore <file>')
      .description(texts.restore)
      .addOption(secrets(texts.restoreSecrets))
      .addHelpText(
        'after',
        examples(
          io.texts,
          'threadbridge backup restore threadbridge.tar.gz',
          'threadbridge --profile copy backup restore threadbridge.tar.gz',
        ),
      )
      .action((file: string) => act(async () => (await load()).runRestore(file, restore.optsWithGlobals<BackupOptions>(), io)));
    command
      .command('verify <file>')
      .description(texts.verify)
      .addHelpText('after', examples(io.texts, 'threadbridge backup verify threadbridge.tar.gz'))
      .action((file: string, _, verify: Command) =>
        act(async () => (await load()).runVerify(file, verify.optsWithGlobals<CommonOptions>(), io)),
      );
    command
      .argument('[file]', texts.file)
      .addOption(secrets(texts.withSecrets))
      .addHelpText(
        'after',
        examples(
          io.texts,
          'threadbridge backup',
          'threadbridge backup ~/backups/today.tar.gz --with-secrets',
          'threadbridge backup restore FILE',
        ),
      )
      .action((file: string | undefined) =>
        act(async () => (await load()).runBackup(file, command.optsWithGlobals<BackupOptions>(), io)),
      );
  },
};
