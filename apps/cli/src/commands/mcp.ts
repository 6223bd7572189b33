import { type CommandFile, examples } from './command-file.ts';
import type { TaskOptions } from './task.ts';

/** The tasks of the gateway that runs as an MCP server on standard input and output, for an agent that starts it. */
export const mcp: CommandFile = {
  define(command, io, act) {
    const { tasks } = io.texts;
    command
      .option('--url <address>', tasks.url)
      .addHelpText('after', examples(io.texts, 'threadbridge mcp', 'codex mcp add tasks -- threadbridge mcp'))
      .action(() =>
        act(async () => (await import('../tasks/serve-mcp.ts')).serveMcp(command.optsWithGlobals<TaskOptions>(), io)),
      );
  },
};
