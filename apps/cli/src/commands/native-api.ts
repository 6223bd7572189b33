import type { Command } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';
import { wholeNumber } from './whole-number.ts';

export interface ServeApiOptions extends CommonOptions {
  readonly host?: string;
  readonly port?: number;
}

/** The OpenAI-compatible address of a profile, without chats. */
export const nativeApi: CommandFile = {
  define(command, io, act) {
    const { inspect } = io.texts;
    command
      .command('serve')
      .description(inspect.apiServe)
      .option('--host <address>', inspect.apiHost)
      .option('--port <n>', inspect.apiPort, wholeNumber(io.texts, 0, 65_535))
      .addHelpText('after', examples(io.texts, 'threadbridge native-api serve', 'threadbridge native-api serve --port 0 --json'))
      .action((_, serve: Command) =>
        act(async () => (await import('../native-api/serve-api.ts')).serveApi(serve.optsWithGlobals<ServeApiOptions>(), io)),
      );
    command.addHelpText('after', examples(io.texts, 'threadbridge native-api serve'));
  },
};
