import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeProfile, loadConfig, originText, resolveProfile } from '@threadbridge/gateway';
import type { CommonOptions } from '../commands/command-file.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Prints each value with its origin. */
export async function showConfig(options: CommonOptions, io: Io): Promise<number> {
  const loaded = await loadConfig(toLoadOptions(options, io));
  const profile = resolveProfile(loaded);
  const settings = describeProfile(profile);
  if (options.json) {
    const values = settings.map(({ path, value, origin }) => ({ path, value, origin: originText(origin) }));
    writeLine(io.stdout, JSON.stringify({ profile: profile.name, file: loaded.file, hasFile: loaded.hasFile, settings: values }));
    return exitCode.done;
  }
  writeLine(io.stdout, `profile ${profile.name}, ${loaded.hasFile ? loaded.file : `${loaded.file} (not there; defaults apply)`}`);
  const rows = settings.map(({ path, value, origin }) => [path, JSON.stringify(value), originText(origin)] as const);
  const width = Math.max(...rows.map(([name]) => name.length));
  const valueWidth = Math.min(40, Math.max(...rows.map(([, value]) => value.length)));
  for (const [name, value, origin] of rows) writeLine(io.stdout, `${name.padEnd(width)}  ${value.padEnd(valueWidth)}  ${origin}`);
  return exitCode.done;
}

/** Says whether the configuration is right; throws what is wrong with it. */
export async function checkConfig(options: CommonOptions, io: Io): Promise<number> {
  const loaded = await loadConfig(toLoadOptions(options, io));
  const text = loaded.hasFile ? `${loaded.file} is right.` : `${loaded.file} is not there; defaults apply.`;
  writeLine(io.stdout, options.json ? JSON.stringify({ file: loaded.file, hasFile: loaded.hasFile, isRight: true }) : text);
  return exitCode.done;
}

/** Prints where the file is, or belongs. */
export async function printConfigPath(options: CommonOptions, io: Io): Promise<number> {
  // Not through the loaded configuration: a broken one is what somebody wants to find.
  const home = resolve(io.environment.THREADBRIDGE_HOME || join(homedir(), '.threadbridge'));
  const file = options.config === undefined ? join(home, 'config.json') : resolve(options.config);
  writeLine(io.stdout, options.json ? JSON.stringify({ home, file }) : file);
  return exitCode.done;
}
