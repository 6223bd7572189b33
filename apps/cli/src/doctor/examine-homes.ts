import { stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ResolvedProfile } from '@threadbridge/gateway';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';

const mebibyte = 1_048_576;
/** Below this nobody should begin a long run; below the other one the store may fail at any write. */
const littleBytes = 1_024 * mebibyte;
const tooLittleBytes = 100 * mebibyte;

const groupAndOthers = 0o077;
const writableByOthers = 0o022;

/** The directories of the profile and of Codex: there, ours, closed to others, with room. Looked at before anything mends them. */
export async function examineHomes({ paths }: ResolvedProfile, codexHome: string, texts: Texts): Promise<readonly Finding[]> {
  const secrets = [paths.store, paths.tokenKey, paths.keystore, paths.keystoreKey, join(codexHome, 'auth.json')];
  const findings = await Promise.all([
    examineDirectory(paths.home, groupAndOthers, texts),
    examineDirectory(paths.directory, groupAndOthers, texts),
    // Codex makes its home as the system has it; what is secret there is the login.
    ...(codexHome.startsWith(paths.directory) ? [] : [examineDirectory(codexHome, writableByOthers, texts)]),
    ...secrets.map((path) => examineFile(path, texts)),
    examineDisk(paths.home, texts),
  ]);
  return findings.flat();
}

async function examineDirectory(path: string, forbidden: number, texts: Texts): Promise<readonly Finding[]> {
  const { doctor } = texts;
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [{ name: 'homes', state: 'ok', text: doctor.homeAbsent(path) }];
  if (!found.isDirectory())
    return [{ name: 'homes', state: 'fail', text: doctor.homeNoDirectory(path), remedy: doctor.homeNoDirectoryRemedy }];
  const owner = process.getuid?.();
  if (owner !== undefined && found.uid !== owner) {
    const text = doctor.homeForeign({ path, owner: found.uid });
    return [{ name: 'homes', state: 'fail', text, remedy: doctor.homeForeignRemedy(path) }];
  }
  const opened = openToOthers(path, found.mode, forbidden, '700', texts);
  return opened.length > 0 ? opened : [{ name: 'homes', state: 'ok', text: doctor.homeOk(path) }];
}

async function examineFile(path: string, texts: Texts): Promise<readonly Finding[]> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? [] : openToOthers(path, found.mode, groupAndOthers, '600', texts);
}

function openToOthers(path: string, mode: number, forbidden: number, wanted: string, { doctor }: Texts): readonly Finding[] {
  // Windows keeps other rights than these.
  if (process.platform === 'win32' || (mode & forbidden) === 0) return [];
  const text = doctor.openToOthers({ path, mode: (mode & 0o777).toString(8) });
  return [{ name: 'homes', state: 'fail', text, remedy: doctor.openRemedy({ path, mode: wanted }) }];
}

/** Room where the directory is, or will be. */
async function examineDisk(path: string, texts: Texts): Promise<readonly Finding[]> {
  const { doctor } = texts;
  const found = await statfs(path).catch(() => undefined);
  if (found === undefined) return dirname(path) === path ? [] : examineDisk(dirname(path), texts);
  const freeBytes = found.bavail * found.bsize;
  const state = freeBytes < tooLittleBytes ? 'fail' : freeBytes < littleBytes ? 'warn' : 'ok';
  const text = doctor.disk({ free: `${Math.round(freeBytes / mebibyte).toLocaleString('en')} MiB`, path });
  return [{ name: 'disk', state, text, ...(state !== 'ok' && { remedy: doctor.diskRemedy }) }];
}
