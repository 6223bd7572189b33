import { launchdPlan } from './launchd.ts';
import type { ServiceTarget } from './service-target.ts';
import { systemdPlan } from './systemd.ts';
import { taskSchedulerPlan } from './task-scheduler.ts';

/** What the service manager of a system is given, and how it is spoken with. Each command is a program with its arguments; no shell. */
export interface ServicePlan {
  /** `systemd`, `launchd`, `Task Scheduler`. */
  readonly manager: string;
  /** The file that says what runs. */
  readonly file: string;
  readonly text: string;
  readonly install: Commands;
  readonly uninstall: Commands;
  readonly start: Commands;
  readonly stop: Commands;
}

export type Commands = readonly (readonly [program: string, ...args: string[]])[];

/** How a profile becomes a service of the system that this is. Pure. */
export function servicePlan(platform: NodeJS.Platform, target: ServiceTarget): ServicePlan {
  if (platform === 'darwin') return launchdPlan(target);
  return platform === 'win32' ? taskSchedulerPlan(target) : systemdPlan(target);
}
