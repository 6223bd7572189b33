import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '@threadbridge/gateway';

/** Where the state directory and the configuration file are, or belong; without reading either. */
export function configPath(environment: Environment, config?: string): { readonly home: string; readonly file: string } {
  const home = resolve(environment.THREADBRIDGE_HOME || join(homedir(), '.threadbridge'));
  return { home, file: config === undefined ? join(home, 'config.json') : resolve(config) };
}
