import type { ServiceVerb } from '../service/run-service.ts';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

export interface ServiceOptions extends CommonOptions {
  readonly dryRun?: true;
}

const verbs: readonly (readonly [ServiceVerb, string])[] = [
  ['install', 'Start the gateway with your session, now and from now on.'],
  ['uninstall', 'End that. The state of the profile stays.'],
  ['start', 'Start the installed service.'],
  ['stop', 'Stop it, and Codex with it.'],
  ['restart', 'Replace the running gateway; turns that run go on.'],
  ['status', 'Say whether it is installed, and how it stands.'],
];

/** The gateway as a service of the system: systemd, launchd, Task Scheduler. */
export const service: CommandFile = {
  define(command, io, act) {
    command.addHelpText('after', examples('threadbridge service install --dry-run', 'threadbridge service restart'));
    for (const [verb, description] of verbs) {
      const one = command
        .command(verb)
        .description(description)
        .addHelpText('after', examples(`threadbridge service ${verb}`, `threadbridge service ${verb} --profile team`));
      if (verb !== 'status') one.option('--dry-run', 'print what would be done, and do nothing');
      one.action(() =>
        act(async () => (await import('../service/run-service.ts')).runService(verb, one.optsWithGlobals<ServiceOptions>(), io)),
      );
    }
    const logs = command
      .command('logs')
      .description('Follow the log until Ctrl-C.')
      .addHelpText('after', examples('threadbridge service logs'))
      .action(() =>
        act(async () => {
          const { runLogs } = await import('../logs/run-logs.ts');
          return runLogs({ ...logs.optsWithGlobals<CommonOptions>(), follow: true, level: 'info', lines: 100 }, io);
        }),
      );
  },
};
