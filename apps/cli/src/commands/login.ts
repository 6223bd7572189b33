import { Option } from 'commander';
import type { LoginOptions as AccountOptions } from '../accounts/run-login.ts';
import { type CommandFile, examples } from './command-file.ts';

export interface LoginOptions extends AccountOptions {
  readonly browser?: true;
  readonly withApiKey?: true;
}

/** Logs a configured chat account in, or Codex. */
export const login: CommandFile = {
  define(command, io, act) {
    const { accounts } = io.texts;
    command
      .argument('<key>', accounts.loginKey)
      .option('--app <id>', accounts.app)
      .option('--browser', accounts.browser)
      .addOption(new Option('--with-api-key', accounts.withApiKey).conflicts('browser'))
      .addHelpText(
        'after',
        examples(
          io.texts,
          'threadbridge login wechat',
          'threadbridge login feishu --app cli_…',
          'threadbridge login codex --json',
          'pass show openai | threadbridge login codex --with-api-key',
        ),
      )
      .action((key: string) =>
        act(async () => {
          const options = command.optsWithGlobals<LoginOptions>();
          const strange = optionNotFor(key, options);
          if (strange !== undefined) command.error(accounts.optionNotFor({ option: strange, key }));
          if (key === 'codex') return (await import('../accounts/login-codex.ts')).loginCodex(options, io);
          return (await import('../accounts/run-login.ts')).runLogin(key, options, io);
        }),
      );
  },
};

function optionNotFor(key: string, { app, browser, withApiKey }: LoginOptions): string | undefined {
  if (key === 'codex') return app === undefined ? undefined : '--app';
  if (browser) return '--browser';
  return withApiKey ? '--with-api-key' : undefined;
}
