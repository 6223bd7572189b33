import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import { type Environment, type ProfilePaths, profilePaths, resolveHome } from './home.ts';
import { type JsoncDocument, parseJsonc } from './jsonc.ts';
import { deepFreeze, environmentLayer, type Layer, layerOf, mergeLayers, type ProfileOverrides } from './layers.ts';
import { invalidConfig, type Mistake } from './mistake.ts';
import { nearest } from './nearest.ts';
import { listSettings, type Origin, originOf, originText, type SettingLine, type Sources } from './origin.ts';
import { type Config, configSchema, type Profile, profileNameSchema } from './schema.ts';
import { toMistakes } from './to-mistakes.ts';

export interface LoadOptions {
  /** The variables of the process, as a value. */
  readonly environment: Environment;
  /** What the command line says; the strongest layer. */
  readonly flags?: {
    /** State directory, instead of `$THREADBRIDGE_HOME`. */
    readonly home?: string;
    /** Configuration file, instead of `config.json` in the state directory. Has to exist. */
    readonly config?: string;
    /** Profile, instead of `$THREADBRIDGE_PROFILE` and `activeProfile`. */
    readonly profile?: string;
    /** Values of the profile. */
    readonly settings?: ProfileOverrides;
  };
}

/** A checked configuration, frozen. */
export interface LoadedConfig {
  readonly home: string;
  /** The configuration file, whether it exists or not. */
  readonly file: string;
  readonly hasFile: boolean;
  readonly config: Config;
  /** Name of the profile that is meant. */
  readonly profileName: string;
  /** Where the value at a path of the whole configuration comes from. */
  origin(path: readonly PropertyKey[]): Origin;
}

/** One profile, ready to be opened. */
export interface ResolvedProfile {
  readonly name: string;
  readonly settings: Profile;
  readonly paths: ProfilePaths;
  /** Where the value at a path inside the profile comes from. */
  origin(path: readonly PropertyKey[]): Origin;
}

/** Reads and checks the configuration. Throws `config.invalid`, naming every mistake with its place. */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  return checkConfig(options, await readText(configFile(options), options.flags?.config !== undefined));
}

/** Where the configuration file is, or belongs. */
export function configFile({ environment, flags = {} }: LoadOptions): string {
  return flags.config === undefined ? join(resolveHome(environment, flags.home), 'config.json') : resolve(flags.config);
}

/** Checks a configuration as if the file held this text; undefined: as if there were no file. */
export function checkConfig(options: LoadOptions, text: string | undefined): LoadedConfig {
  const { environment, flags = {} } = options;
  const home = resolveHome(environment, flags.home);
  const file = configFile(options);
  const document = text === undefined ? undefined : read(text, file);
  const fileLayer: Layer = { source: 'file', value: document?.value ?? {} };
  const profileName = chooseProfile(options, fileLayer.value, file);
  const layers: readonly Layer[] = [
    fileLayer,
    environmentLayer(environment, profileName),
    { source: 'flags', value: flags.settings === undefined ? {} : { profiles: { [profileName]: flags.settings } } },
  ];
  // The profile that is meant is there even where no layer says anything of it.
  const merged = mergeLayers([{ source: 'file', value: { profiles: { [profileName]: {} } } }, ...layers]);
  const checked = configSchema.safeParse(merged);
  const sources: Sources = { file, document, layers, profile: profileName };
  if (!checked.success) {
    const mistakes = toMistakes(checked.error.issues, merged).map((found) => place(found, sources));
    throw invalidConfig(mistakes.toSorted(byPosition), file);
  }
  return {
    home,
    file,
    hasFile: document !== undefined,
    config: deepFreeze(checked.data),
    profileName,
    origin: (path) => originOf(path, sources),
  };
}

/** The profile that a configuration means, with its paths. */
export function resolveProfile(loaded: LoadedConfig): ResolvedProfile {
  const name = loaded.profileName;
  const settings = loaded.config.profiles[name];
  if (settings === undefined) throw new TypeError(`The loaded configuration has no profile ${name}.`);
  return {
    name,
    settings,
    paths: profilePaths(loaded.home, name),
    origin: (path) => loaded.origin(['profiles', name, ...path]),
  };
}

/** Every value of a profile with its origin, as `config show` prints it. */
export function describeProfile(profile: ResolvedProfile): readonly SettingLine[] {
  return listSettings(profile.settings, profile.origin);
}

async function readText(file: string, isRequired: boolean): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isAbsent && !isRequired) return undefined;
    throw new GatewayError(
      'config.invalid',
      `${file}: the configuration file ${isAbsent ? 'does not exist' : 'cannot be read'}.`,
      {
        remedy: isAbsent
          ? 'Name an existing file, or leave the option out.'
          : 'Check that it is a file and that you may read it.',
        certain: true,
        cause: error,
      },
    );
  }
}

function read(text: string, file: string): JsoncDocument {
  const document = parseJsonc(text);
  if ('mistakes' in document) throw invalidConfig(document.mistakes, file);
  return document;
}

function byPosition(a: Mistake, b: Mistake): number {
  const line = (mistake: Mistake) => mistake.position?.line ?? Number.MAX_SAFE_INTEGER;
  return line(a) - line(b) || (a.position?.column ?? 0) - (b.position?.column ?? 0);
}

/** The profile's name: flag, variable, `activeProfile`, `default`. One that is named has to be there. */
function chooseProfile({ environment, flags = {} }: LoadOptions, value: unknown, file: string): string {
  const fields = (candidate: unknown): Readonly<Record<string, unknown>> =>
    typeof candidate === 'object' && candidate !== null ? (candidate as Record<string, unknown>) : {};
  const { activeProfile, profiles } = fields(value);
  const known = Object.keys(fields(profiles));
  const wish: readonly [string, unknown] =
    flags.profile !== undefined
      ? ['the command line', flags.profile]
      : environment.THREADBRIDGE_PROFILE
        ? ['$THREADBRIDGE_PROFILE', environment.THREADBRIDGE_PROFILE]
        : [file, activeProfile ?? 'default'];
  const [source, name] = wish;
  const checked = profileNameSchema.safeParse(name);
  // One in the file is reported by the schema, with its line.
  if (!checked.success && source === file) return 'default';
  if (!checked.success)
    throw invalidConfig(
      [{ source, path: [], text: `is no name of a profile; wanted: ${checked.error.issues[0]?.message}` }],
      file,
    );
  const isKnown =
    known.includes(checked.data) || flags.settings !== undefined || (checked.data === 'default' && known.length === 0);
  if (isKnown) return checked.data;
  const meant = nearest(checked.data, known);
  throw invalidConfig(
    [
      {
        source,
        path: [],
        text: `there is no profile "${checked.data}"${meant === undefined ? '.' : `; did you mean "${meant}"?`} Known: ${known.join(', ')}`,
      },
    ],
    file,
  );
}

/** Says where a mistake stands: in the layer that gave the value, or the nearest one around it. */
function place(
  found: { readonly path: readonly PropertyKey[]; readonly key?: string; readonly text: string },
  sources: Sources,
): Mistake {
  const path = found.key === undefined ? found.path : [...found.path, found.key];
  let known = path;
  while (known.length > 0 && layerOf(sources.layers, known) === undefined) known = known.slice(0, -1);
  const origin = originOf(known, sources);
  const text = { path, text: found.text };
  if (origin.type !== 'file') return { ...text, source: originText(origin) };
  return { ...text, ...(sources.document && { position: sources.document.locate(found.path, found.key) }) };
}
