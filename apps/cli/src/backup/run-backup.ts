import { text } from 'node:stream/consumers';
import { loadConfig, makeBackup, resolveProfile, restoreBackup, verifyBackup } from '@threadbridge/gateway';
import { readSecret } from '../accounts/read-secret.ts';
import type { BackupOptions } from '../commands/backup.ts';
import type { CommonOptions } from '../commands/command-file.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Writes a backup of a profile. Answers with the exit code. */
export async function runBackup(file: string | undefined, options: BackupOptions, io: Io): Promise<number> {
  const loaded = await loadConfig(toLoadOptions(options, io));
  const profile = resolveProfile(loaded);
  const made = await makeBackup({
    profile,
    file: file ?? `threadbridge-${profile.name}-${stamp(Date.now())}.tar.gz`,
    ...(loaded.hasFile && { configFile: loaded.file }),
    ...(options.withSecrets && { passphrase: await readPassphrase(io) }),
  });
  const secrets = made.hasSecrets
    ? 'Its secrets are sealed with the passphrase; without it nobody opens them.'
    : 'It holds no secrets: after a restore elsewhere, log in again.';
  const { home } = profile.settings.codex;
  const lines = [
    `${made.file}: profile ${made.profile}, ${made.files} files, ${made.sizeBytes} bytes, checked.`,
    `It holds what people wrote, so keep it as private as the profile. ${secrets}`,
    `Not in it: Codex's own threads (${home === 'isolated' ? profile.paths.codexHome : 'in the home of Codex'}) and the logs.`,
  ];
  tell(options, io, made, lines);
  return exitCode.done;
}

/** Checks a backup. Answers with the exit code. */
export async function runVerify(file: string, options: CommonOptions, io: Io): Promise<number> {
  const { profile, takenAt, program, files } = await verifyBackup({ file, load: toLoadOptions(options, io) });
  const words = `${file} is whole: profile ${profile}, ${moment(takenAt)}, made by version ${program}, ${files.length} files.`;
  tell(options, io, { file, isWhole: true, profile, takenAt, program, files: files.length }, [words]);
  return exitCode.done;
}

/** Puts a profile back. Answers with the exit code. */
export async function runRestore(file: string, options: BackupOptions, io: Io): Promise<number> {
  const passphrase = options.withSecrets ? await readPassphrase(io) : undefined;
  const restored = await restoreBackup({
    ...{ file, load: toLoadOptions(options, io) },
    ...(passphrase !== undefined && { passphrase }),
  });
  const { profile, takenAt, aside, configFile } = restored;
  const lines = [
    `The profile ${profile} is as it was at ${moment(takenAt)}.`,
    ...(aside === undefined ? [] : [`What was there before is kept in ${aside}; remove it when all is well.`]),
    ...(configFile === undefined ? [] : [`Its configuration is written into ${configFile}.`]),
    'What was open then may have gone out since, so none of it goes out by itself: conversations are told, and /queue resume there sends on what waited.',
  ];
  tell(options, io, restored, lines);
  return exitCode.done;
}

async function readPassphrase(io: Io): Promise<string> {
  const what = 'the passphrase of the secrets';
  const given = io.stdin.isTTY ? await readSecret({ what, signal: new AbortController().signal }, io) : await text(io.stdin);
  return given.replace(/\r?\n$/, '');
}

function tell({ json }: CommonOptions, io: Io, value: object, lines: readonly string[]): void {
  writeLine(io.stdout, json ? JSON.stringify(value) : lines.join('\n'));
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+Z/g, '');
}

function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
