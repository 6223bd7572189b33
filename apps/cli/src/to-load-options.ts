import type { LoadOptions } from '@threadbridge/gateway';
import type { CommonOptions } from './commands/command-file.ts';
import type { Io } from './io.ts';

/** What the command line and the environment say about the configuration. */
export function toLoadOptions(options: CommonOptions, io: Io): LoadOptions {
  const { config, profile } = options;
  return {
    environment: io.environment,
    flags: { ...(config !== undefined && { config }), ...(profile !== undefined && { profile }) },
  };
}
