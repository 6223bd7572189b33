import { loadConfig, makeBackup, resolveProfile, restoreBackup, verifyBackup } from '@threadbridge/gateway';
import { takeSecret } from '../accounts/read-secret.ts';
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
  const { backup: texts } = io.texts;
  const lines = [texts.made(made), made.hasSecrets ? texts.sealed : texts.noSecrets, texts.notInIt];
  tell(options, io, made, lines);
  return exitCode.done;
}

/** Checks a backup. Answers with the exit code. */
export async function runVerify(file: string, options: CommonOptions, io: Io): Promise<number> {
  const manifest = await verifyBackup({ file, load: toLoadOptions(options, io) });
  const { profile, takenAt, program, files } = manifest;
  const words = io.texts.backup.whole({ ...manifest, file });
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
  const { backup: texts } = io.texts;
  const { aside, configFile } = restored;
  const lines = [
    texts.restored(restored),
    ...(aside === undefined ? [] : [texts.aside(aside)]),
    ...(configFile === undefined ? [] : [texts.configured(configFile)]),
    texts.waits,
  ];
  tell(options, io, restored, lines);
  return exitCode.done;
}

function readPassphrase(io: Io): Promise<string> {
  return takeSecret(io.texts.backup.passphrase, io);
}

function tell({ json }: CommonOptions, io: Io, value: object, lines: readonly string[]): void {
  writeLine(io.stdout, json ? JSON.stringify(value) : lines.join('\n'));
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+Z/g, '');
}
