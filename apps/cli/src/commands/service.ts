import type { ServiceVerb } from '../service/run-service.ts';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface ServiceOptions extends CommonOptions {
  readonly dryRun?: true;
}

const verbs: readonly ServiceVerb[] = ['install', 'uninstall', 'start', 'stop', 'restart', 'status'];

/** The gateway as a service of the system: systemd, launchd, Task Scheduler. */
export const service: CommandFile = {
  define(command, io, act) {
    const { service: texts } = io.texts;
    command.addHelpText('after', examples(io.texts, 'threadbridge service install --dry-run', 'threadbridge service restart'));
    for (const verb of verbs) {
      const one = command
        .command(verb)
        .description(texts[verb])
        .addHelpText('after', examples(io.texts, `threadbridge service ${verb}`, `threadbridge service ${verb} --profile team`));
      if (verb !== 'status') one.option('--dry-run', texts.dryRun);
      one.action(() =>
        act(async () => (await import('../service/run-service.ts')).runService(verb, one.optsWithGlobals<ServiceOptions>(), io)),
      );
    }
    const logs = command
      .command('logs')
      .description(texts.logs)
      .addHelpText('after', examples(io.texts, 'threadbridge service logs'))
      .action(() =>
        act(async () => {
          const { runLogs } = await import('../logs/run-logs.ts');
          return runLogs({ ...logs.optsWithGlobals<CommonOptions>(), follow: true, level: 'info', lines: 100 }, io);
        }),
      );
  },
};
