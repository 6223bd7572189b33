import { type Command, InvalidArgumentError } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface ServeApiOptions extends CommonOptions {
  readonly host?: string;
  readonly port?: number;
}

/** The OpenAI-compatible address of a profile, without chats. */
export const nativeApi: CommandFile = {
  define(command, io, act) {
    command
      .command('serve')
      .description('listen until interrupted; the gateway is not needed')
      .option('--host <address>', 'instead of nativeApi.host')
      .option('--port <n>', 'instead of nativeApi.port; 0 takes a free one', toPort)
      .addHelpText('after', examples('threadbridge native-api serve', 'threadbridge native-api serve --port 0 --json'))
      .action((_, serve: Command) =>
        act(async () => (await import('../native-api/serve-api.ts')).serveApi(serve.optsWithGlobals<ServeApiOptions>(), io)),
      );
    command.addHelpText('after', examples('threadbridge native-api serve'));
  },
};

function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Wanted: a number from 0 to 65535.');
}
