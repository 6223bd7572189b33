import { GatewayError } from '@threadbridge/contract';
import {
  askControl,
  describeProfile,
  editConfig,
  loadConfig,
  originText,
  type Reloaded,
  resolveProfile,
} from '@threadbridge/gateway';
import type { CommonOptions } from '../commands/command-file.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { nearest } from '../nearest.ts';
import type { Texts } from '../texts/texts.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { configPath } from './config-path.ts';

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
  const { file, hasFile } = loaded;
  writeLine(io.stdout, io.texts.config.head({ profile: profile.name, file, hasFile }));
  const rows = settings.map(({ path, value, origin }) => [path, JSON.stringify(value), originText(origin)] as const);
  const width = Math.max(...rows.map(([name]) => name.length));
  const valueWidth = Math.min(40, Math.max(...rows.map(([, value]) => value.length)));
  for (const [name, value, origin] of rows) writeLine(io.stdout, `${name.padEnd(width)}  ${value.padEnd(valueWidth)}  ${origin}`);
  return exitCode.done;
}

/** Says whether the configuration is right; throws what is wrong with it. */
export async function checkConfig(options: CommonOptions, io: Io): Promise<number> {
  const loaded = await loadConfig(toLoadOptions(options, io));
  const text = loaded.hasFile ? io.texts.config.right(loaded.file) : io.texts.config.absent(loaded.file);
  writeLine(io.stdout, options.json ? JSON.stringify({ file: loaded.file, hasFile: loaded.hasFile, isRight: true }) : text);
  return exitCode.done;
}

/** Prints where the file is, or belongs. */
export async function printConfigPath(options: CommonOptions, io: Io): Promise<number> {
  // Not through the loaded configuration: a broken one is what somebody wants to find.
  const { home, file } = configPath(io.environment, options.config);
  writeLine(io.stdout, options.json ? JSON.stringify({ home, file }) : file);
  return exitCode.done;
}

/** Has the gateway that runs read the file again. Answers with the exit code: 1 where none runs. */
export async function reloadConfig(options: CommonOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const reloaded = (await askControl(profile.paths, 'reload')) as Reloaded | undefined;
  if (reloaded === undefined) {
    writeLine(io.stderr, `threadbridge: ${io.texts.config.notRunning(profile.name)}`);
    return exitCode.failed;
  }
  if (options.json) writeLine(io.stdout, JSON.stringify(reloaded));
  else {
    const { changed, later } = reloaded;
    const { config } = io.texts;
    writeLine(io.stdout, changed.length + later.length === 0 ? config.nothingChanged : config.inForce(changed));
    if (later.length > 0) writeLine(io.stdout, config.later(later));
  }
  return exitCode.done;
}

/** Prints one value with its origin. Answers with the exit code. */
export async function getSetting(path: string, options: CommonOptions, io: Io): Promise<number> {
  const settings = describeProfile(resolveProfile(await loadConfig(toLoadOptions(options, io))));
  const found = settings.filter((line) => line.path === path || line.path.startsWith(`${path}.`));
  if (found.length === 0)
    throw unknownSetting(
      path,
      settings.map((line) => line.path),
      io.texts,
    );
  for (const { path: name, value, origin } of found) {
    const line = { path: name, value, origin: originText(origin) };
    writeLine(io.stdout, options.json ? JSON.stringify(line) : `${name}  ${JSON.stringify(value)}  ${line.origin}`);
  }
  return exitCode.done;
}

/** Writes one value into the file, or takes it out (`value` undefined). Answers with the exit code. */
export async function setSetting(path: string, value: string | undefined, options: CommonOptions, io: Io): Promise<number> {
  const how = toLoadOptions(options, io);
  // A profile that is named begins with its first setting.
  const profile = value === undefined || options.profile === undefined ? (await loadConfig(how)).profileName : options.profile;
  const edit = { path: ['profiles', profile, ...path.split('.')], value: value === undefined ? undefined : toValue(value) };
  const { file } = await editConfig(how, [edit]);
  const { config } = io.texts;
  const where = { path: options.profile === undefined ? path : edit.path.join('.'), file };
  const words = value === undefined ? config.removed(where) : config.written(where);
  writeLine(io.stdout, options.json ? JSON.stringify({ file, path }) : `${words} ${config.howToReload}`);
  return exitCode.done;
}

/** JSON where it is, else the word itself. */
function toValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function unknownSetting(path: string, known: readonly string[], { config }: Texts): GatewayError {
  const message = config.unknown({ path, meant: nearest(path, known) });
  return new GatewayError('config.invalid', message, { remedy: config.unknownRemedy, certain: true });
}
