import { readFile } from 'node:fs/promises';
import { arch, homedir, hostname, platform, release, userInfo } from 'node:os';
import { openSqliteAudit, type StoreFigures } from '@threadbridge/store';
import { codexHomes } from '../codex-homes.ts';
import type { Environment } from '../config/home.ts';
import { describeProfile, type ResolvedProfile } from '../config/load.ts';
import { originText } from '../config/origin.ts';
import { readIfThere } from '../key-file.ts';
import { openKeystore } from '../keystore/open-keystore.ts';
import { profileLogs } from '../log/profile-logs.ts';
import { createRedactor, type Redactor } from '../log/redact.ts';
import { ownVersion } from '../own-version.ts';
import { hideNames, type Stand } from './hide-names.ts';

export interface MakeReportOptions {
  readonly profile: ResolvedProfile;
  readonly environment: Environment;
  /** What doctor found. */
  readonly findings: readonly {
    readonly name: string;
    readonly state: string;
    readonly text: string;
    readonly remedy?: string;
  }[];
  /** Lines of the log, the newest. Default 1,000. */
  readonly logLines?: number;
}

/** What can be handed to somebody who mends the program: no words of people, no secret, no name of a person, a chat or a directory of theirs. */
export interface Report {
  readonly versions: Readonly<Record<string, string>>;
  readonly findings: readonly unknown[];
  /** Every setting with where it comes from. */
  readonly settings: unknown;
  /** Absent: there is no store yet, or it cannot be read. */
  readonly store?: StoreFigures;
  readonly log: readonly unknown[];
}

/** Gathers a report. Starts nothing and asks nobody. */
export async function makeReport({ profile, environment, findings, logLines = 1_000 }: MakeReportOptions): Promise<Report> {
  const redactor = createRedactor();
  await concealKnown(redactor, profile, environment);
  const stands = standsFor(profile, environment);
  const safe = (value: object): unknown => hideNames(redactor.fields({ value }).value, stands);
  const settings = describeProfile(profile).map(({ path, value, origin }) => ({
    path: isPersonal(path) ? hideKey(path) : path,
    value: isPersonal(path) ? countOf(value) : value,
    origin: originText(origin),
  }));
  const { node, v8 } = process.versions;
  const versions = { threadbridge: ownVersion(), node, v8, system: `${platform()} ${release()} ${arch()}` };
  const store = await figuresOf(profile);
  return {
    versions,
    // A field named `text` would be taken for words of people.
    findings: findings.map(({ text: found, ...finding }) => safe({ ...finding, found })),
    settings: safe(settings),
    ...(store && { store }),
    log: (await newestRecords(profile, logLines)).map(safe),
  };
}

/** Who may speak, and what the model is told, is the business of people. */
function isPersonal(path: string): boolean {
  return /^(access\.(owners|admins|users|chats)|notices|workspaces\.aliases|codex\.(config|env|bin|socket))/.test(path);
}

/** Names of aliases and of what is handed to Codex are as telling as their values. */
function hideKey(path: string): string {
  return path.split('.').slice(0, 2).join('.');
}

function countOf(value: unknown): unknown {
  if (Array.isArray(value)) return `[${value.length} entries]`;
  return value === null || typeof value === 'boolean' || typeof value === 'number' ? value : '[set]';
}

function standsFor({ paths, settings }: ResolvedProfile, environment: Environment): readonly Stand[] {
  const { current } = codexHomes({ settings, paths } as ResolvedProfile, environment);
  return [
    ...(settings.workspaces.default === null ? [] : [{ hidden: settings.workspaces.default, shown: '$WORKSPACE' }]),
    ...Object.values(settings.workspaces.aliases).map((hidden) => ({ hidden, shown: '$WORKSPACE_ALIAS' })),
    { hidden: paths.home, shown: '$THREADBRIDGE_HOME' },
    { hidden: current, shown: '$CODEX_HOME' },
    ...[homedir(), environment.HOME, environment.USERPROFILE].flatMap((home) => (home ? [{ hidden: home, shown: '~' }] : [])),
    ...[userName(), environment.USER, environment.LOGNAME, environment.USERNAME].flatMap((name) =>
      name ? [{ hidden: name, shown: 'USER' }] : [],
    ),
    { hidden: hostname(), shown: 'HOST' },
  ];
}

function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return undefined;
  }
}

/** Whatever the key store holds, whole and in its parts, so that it is found in whatever shape it has. */
async function concealKnown(redactor: Redactor, profile: ResolvedProfile, environment: Environment): Promise<void> {
  const keystore = openKeystore(profile);
  const names = await keystore.names().catch(() => []);
  const kept = await Promise.all(names.map((name) => keystore.get(name).catch(() => undefined)));
  const keys = await Promise.all([profile.paths.tokenKey, profile.paths.keystoreKey].map((file) => readIfThere(file)));
  const named = JSON.stringify(profile.settings).matchAll(/"source":"env","name":"(\w+)"/g);
  const variables = Array.from(named, ([, name = '']) => environment[name]);
  for (const secret of [...kept, ...keys, ...variables]) {
    if (secret === undefined) continue;
    for (const part of [secret, ...secret.split(/["\s,:{}]+/)]) redactor.conceal(part);
  }
}

async function figuresOf({ paths }: ResolvedProfile): Promise<StoreFigures | undefined> {
  try {
    await using store = await openSqliteAudit({ path: paths.store });
    return await store.countRows();
  } catch {
    // What is wrong with it is among the findings.
    return undefined;
  }
}

async function newestRecords({ paths }: ResolvedProfile, count: number): Promise<readonly object[]> {
  const texts = await Promise.all(profileLogs(paths).map((file) => readFile(file, 'utf8').catch(() => '')));
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  return lines.slice(-count).flatMap(toRecord);
}

/** A line that was cut off by a crash is left out. */
function toRecord(line: string): readonly object[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? [value] : [];
  } catch {
    return [];
  }
}
