import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

const load = () => import('../config/run-config.ts');

/** What the configuration says, where each value comes from, and whether it is right. */
export const config: CommandFile = {
  define(command, io, act) {
    const { config: texts } = io.texts;
    command.addHelpText(
      'after',
      examples(io.texts, 'threadbridge config show', 'threadbridge config check --json', 'threadbridge config path'),
    );
    command
      .command('show')
      .description(texts.show)
      .addHelpText('after', examples(io.texts, 'threadbridge config show', 'threadbridge config show --profile team --json'))
      .action(() => act(async () => (await load()).showConfig(command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('check')
      .description(texts.check)
      .addHelpText('after', examples(io.texts, 'threadbridge config check', 'threadbridge config check --config draft.json'))
      .action(() => act(async () => (await load()).checkConfig(command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('get')
      .description(texts.get)
      .argument('<path>', texts.setting)
      .addHelpText('after', examples(io.texts, 'threadbridge config get codex.model'))
      .action((path: string) => act(async () => (await load()).getSetting(path, command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('set')
      .description(texts.set)
      .argument('<path>', texts.setting)
      .argument('<value>', texts.value)
      .addHelpText(
        'after',
        examples(
          io.texts,
          'threadbridge config set workspaces.default ~/code/app',
          'threadbridge config set runs.maxConcurrent 2',
          `threadbridge config set access.owners '["wechat:ID"]'`,
        ),
      )
      .action((path: string, value: string) =>
        act(async () => (await load()).setSetting(path, value, command.optsWithGlobals<CommonOptions>(), io)),
      );
    command
      .command('unset')
      .description(texts.unset)
      .argument('<path>', texts.setting)
      .addHelpText('after', examples(io.texts, 'threadbridge config unset codex.model'))
      .action((path: string) =>
        act(async () => (await load()).setSetting(path, undefined, command.optsWithGlobals<CommonOptions>(), io)),
      );
    command
      .command('reload')
      .description(texts.reload)
      .addHelpText('after', examples(io.texts, 'threadbridge config reload', 'threadbridge config reload --json'))
      .action(() => act(async () => (await load()).reloadConfig(command.optsWithGlobals<CommonOptions>(), io)));
    command
      .command('path')
      .description(texts.path)
      .addHelpText('after', examples(io.texts, 'threadbridge config path', '$EDITOR "$(threadbridge config path)"'))
      .action(() => act(async () => (await load()).printConfigPath(command.optsWithGlobals<CommonOptions>(), io)));
  },
};
