import { Argument } from 'commander';
import { type Shell, shells } from '../completion/completion-script.ts';
import { type CommandFile, examples } from './command-file.ts';

/** What a shell needs to complete our words. */
export const completion: CommandFile = {
  define(command, io, act) {
    const { program } = io.texts;
    command
      .addArgument(new Argument('<shell>', program.shell).choices(shells))
      .addHelpText(
        'after',
        examples(
          io.texts,
          'source <(threadbridge completion bash)',
          'threadbridge completion zsh > ~/.zfunc/_threadbridge',
          'threadbridge completion fish > ~/.config/fish/completions/threadbridge.fish',
        ),
      )
      .action((shell: Shell) =>
        act(async () =>
          (await import('../completion/run-completion.ts')).runCompletion(shell, command.parent?.commands ?? [], io),
        ),
      );
  },
};
