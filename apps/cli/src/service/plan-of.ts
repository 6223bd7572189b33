import { homedir } from 'node:os';
import { delimiter, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ResolvedProfile } from '@threadbridge/gateway';
import type { CommonOptions } from '../commands/command-file.ts';
import type { Io } from '../io.ts';
import { type ServicePlan, servicePlan } from './service-plan.ts';

/** How this very program would run the profile as a service of this system. */
export function planOf({ name, paths }: ResolvedProfile, { config }: CommonOptions, { environment }: Io): ServicePlan {
  return servicePlan(process.platform, {
    profile: name,
    node: process.execPath,
    main: fileURLToPath(new URL('./main.js', import.meta.url)),
    home: paths.home,
    ...(config !== undefined && { config: resolve(config) }),
    userHome: homedir(),
    path: environment.PATH ?? [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    ...(process.getuid && { uid: process.getuid() }),
  });
}
