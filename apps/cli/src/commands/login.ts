import type { LoginOptions as AccountOptions } from '../accounts/run-login.ts';
import { type CommandFile, examples } from './command-file.ts';

export interface LoginOptions extends AccountOptions {
  readonly browser?: true;
}

/** Logs a configured chat account in, or Codex. */
export const login: CommandFile = {
  define(command, io, act) {
    command
      .argument('<key>', 'the channel, as the configuration calls it; or `codex`')
      .option('--app <id>', 'with Feishu: an app that exists already; its secret is asked for, or read from stdin')
      .option('--browser', 'with codex: in a browser of this computer, instead of by a code on any device')
      .addHelpText(
        'after',
        examples('threadbridge login wechat', 'threadbridge login feishu --app cli_…', 'threadbridge login codex --json'),
      )
      .action((key: string) =>
        act(async () => {
          const options = command.optsWithGlobals<LoginOptions>();
          if (key === 'codex') return (await import('../accounts/login-codex.ts')).loginCodex(options, io);
          return (await import('../accounts/run-login.ts')).runLogin(key, options, io);
        }),
      );
  },
};
