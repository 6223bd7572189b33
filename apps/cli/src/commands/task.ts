import { type Command, InvalidArgumentError, Option } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface TaskOptions extends CommonOptions {
  readonly url?: string;
}

export interface StartTaskOptions extends TaskOptions {
  readonly cwd?: string;
  readonly model?: string;
  readonly sandbox: 'read-only' | 'workspace-write';
  readonly approvals: 'untrusted' | 'on-request';
  readonly notify: readonly string[];
  readonly dryRun?: true;
  readonly watch?: true;
}

export interface RespondOptions extends TaskOptions {
  readonly approve?: true;
  readonly session?: true;
  readonly deny?: true;
  readonly answer: readonly string[];
}

export interface ListTasksOptions extends TaskOptions {
  readonly limit: number;
}

const load = () => import('../tasks/run-task.ts');
const gather = (text: string, before: readonly string[]) => [...before, text];

/** Tasks of the gateway that runs. */
export const task: CommandFile = {
  define(command, io, act) {
    command
      .option('--url <address>', 'of the gateway, instead of http://127.0.0.1 at console.port')
      .addHelpText('after', examples('threadbridge task start "Why does the build fail?"', 'threadbridge task list --json'));
    command
      .command('start <prompt>')
      .description('ask Codex to do something; it goes on in the gateway')
      .option('--cwd <dir>', "working directory, instead of the profile's")
      .option('--model <name>', "instead of the profile's")
      .addOption(
        new Option('--sandbox <mode>', 'what Codex may touch').choices(['read-only', 'workspace-write']).default('read-only'),
      )
      .addOption(new Option('--approvals <when>', 'when Codex asks').choices(['untrusted', 'on-request']).default('untrusted'))
      .option('--notify <target>', 'who is told, too: wechat:USER or webhook:NAME; may be repeated', gather, [])
      .option('--dry-run', 'check everything, start nothing')
      .option('--watch', 'stay and show what happens')
      .addHelpText('after', examples('threadbridge task start "Tidy up" --sandbox workspace-write --watch'))
      .action((prompt: string, _, sub: Command) =>
        act(async () => (await load()).startTask(prompt, sub.optsWithGlobals<StartTaskOptions>(), io)),
      );
    const one = (name: string, description: string, run: (id: string, options: TaskOptions) => Promise<number>) =>
      command
        .command(`${name} <id>`)
        .description(description)
        .addHelpText('after', examples(`threadbridge task ${name} 0123456789abcdef`))
        .action((id: string, _, sub: Command) => act(() => run(id, sub.optsWithGlobals<TaskOptions>())));
    one('status', 'how a task stands', async (id, options) => (await load()).showTask(id, options, io));
    one('interrupt', 'end a task', async (id, options) => (await load()).interruptTask(id, options, io));
    one('watch', 'show what happens to a task, to its end', async (id, options) => (await load()).watchTask(id, options, io));
    command
      .command('list')
      .description('the newest first')
      .option('--limit <n>', 'how many', toLimit, 20)
      .addHelpText('after', examples('threadbridge task list --limit 5'))
      .action((_, sub: Command) => act(async () => (await load()).listTasks(sub.optsWithGlobals<ListTasksOptions>(), io)));
    command
      .command('steer <id> <text>')
      .description('put words into the running turn')
      .addHelpText('after', examples('threadbridge task steer 0123456789abcdef "Look at the tests first"'))
      .action((id: string, text: string, _, sub: Command) =>
        act(async () => (await load()).steerTask(id, text, sub.optsWithGlobals<TaskOptions>(), io)),
      );
    command
      .command('respond <id> <request>')
      .description('answer what a task asks; the request by its id or code. Counts as a person in a terminal only')
      .option('--approve', 'say yes')
      .option('--session', 'with --approve: for the rest of the session')
      .option('--deny', 'say no')
      .option('--answer <text>', 'the answer to a question; once for each', gather, [])
      .addHelpText('after', examples('threadbridge task respond 0123456789abcdef k7 --approve'))
      .action((id: string, request: string, _, sub: Command) =>
        act(async () => (await load()).respondToTask(id, request, sub.optsWithGlobals<RespondOptions>(), io)),
      );
  },
};

function toLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw new InvalidArgumentError('Wanted: a number from 1 to 100.');
}
