import { type Command, Option } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../backup/run-backup.ts');

export interface BackupOptions extends CommonOptions {
  readonly withSecrets?: true;
}

/** A profile in one file: made beside a running gateway, checked, put back. */
export const backup: CommandFile = {
  define(command, io, act) {
    const secrets = (words: string) => new Option('--with-secrets', words);
    const restore = command
      .command('restore <file>')
      .description(
        'Put a profile back as it was. What is there is kept aside; nothing that was open goes out by itself. The profile must not be running.',
      )
      .addOption(secrets('its secrets too, opened with the passphrase they were sealed with'))
      .addHelpText(
        'after',
        examples(
          'threadbridge backup restore threadbridge.tar.gz',
          'threadbridge --profile copy backup restore threadbridge.tar.gz',
        ),
      )
      .action((file: string) => act(async () => (await load()).runRestore(file, restore.optsWithGlobals<BackupOptions>(), io)));
    command
      .command('verify <file>')
      .description('Say whether a backup is whole: every file, the store, the audit log.')
      .addHelpText('after', examples('threadbridge backup verify threadbridge.tar.gz'))
      .action((file: string, _, verify: Command) =>
        act(async () => (await load()).runVerify(file, verify.optsWithGlobals<CommonOptions>(), io)),
      );
    command
      .argument('[file]', 'where it is to be; never overwritten (default: threadbridge-PROFILE-TIME.tar.gz here)')
      .addOption(secrets('the secrets too, sealed with a passphrase that is asked for, or read from stdin'))
      .addHelpText(
        'after',
        examples(
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
