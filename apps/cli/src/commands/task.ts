import { type Command, Option } from 'commander';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';
import { wholeNumber } from './whole-number.ts';

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
    const { tasks: texts } = io.texts;
    command
      .option('--url <address>', texts.url)
      .addHelpText(
        'after',
        examples(io.texts, 'threadbridge task start "Why does the build fail?"', 'threadbridge task list --json'),
      );
    command
      .command('start <prompt>')
      .description(texts.start)
      .option('--cwd <dir>', texts.cwd)
      .option('--model <name>', texts.model)
      .addOption(new Option('--sandbox <mode>', texts.sandbox).choices(['read-only', 'workspace-write']).default('read-only'))
      .addOption(new Option('--approvals <when>', texts.approvals).choices(['untrusted', 'on-request']).default('untrusted'))
      .option('--notify <target>', texts.notify, gather, [])
      .option('--dry-run', texts.dryRun)
      .option('--watch', texts.watchToo)
      .addHelpText('after', examples(io.texts, 'threadbridge task start "Tidy up" --sandbox workspace-write --watch'))
      .action((prompt: string, _, sub: Command) =>
        act(async () => (await load()).startTask(prompt, sub.optsWithGlobals<StartTaskOptions>(), io)),
      );
    const one = (name: string, description: string, run: (id: string, options: TaskOptions) => Promise<number>) =>
      command
        .command(`${name} <id>`)
        .description(description)
        .addHelpText('after', examples(io.texts, `threadbridge task ${name} 0123456789abcdef`))
        .action((id: string, _, sub: Command) => act(() => run(id, sub.optsWithGlobals<TaskOptions>())));
    one('status', texts.status, async (id, options) => (await load()).showTask(id, options, io));
    one('interrupt', texts.interrupt, async (id, options) => (await load()).interruptTask(id, options, io));
    one('watch', texts.watch, async (id, options) => (await load()).watchTask(id, options, io));
    command
      .command('list')
      .description(texts.list)
      .option('--limit <n>', texts.limit, wholeNumber(io.texts, 1, 100), 20)
      .addHelpText('after', examples(io.texts, 'threadbridge task list --limit 5'))
      .action((_, sub: Command) => act(async () => (await load()).listTasks(sub.optsWithGlobals<ListTasksOptions>(), io)));
    command
      .command('steer <id> <text>')
      .description(texts.steer)
      .addHelpText('after', examples(io.texts, 'threadbridge task steer 0123456789abcdef "Look at the tests first"'))
      .action((id: string, text: string, _, sub: Command) =>
        act(async () => (await load()).steerTask(id, text, sub.optsWithGlobals<TaskOptions>(), io)),
      );
    command
      .command('respond <id> <request>')
      .description(texts.respond)
      .option('--approve', texts.approve)
      .option('--session', texts.session)
      .option('--deny', texts.deny)
      .option('--answer <text>', texts.answer, gather, [])
      .addHelpText('after', examples(io.texts, 'threadbridge task respond 0123456789abcdef k7 --approve'))
      .action((id: string, request: string, _, sub: Command) =>
        act(async () => (await load()).respondToTask(id, request, sub.optsWithGlobals<RespondOptions>(), io)),
      );
  },
};
