import type { ResolvedProfile } from '../config/load.ts';
import { createFileKeystore, type WritableKeystore } from './file-keystore.ts';
import { createKeyringKeystore } from './keyring-keystore.ts';

/** Where a profile keeps its secrets. Opens nothing before it is used. */
export function openKeystore({ settings, paths }: Pick<ResolvedProfile, 'settings' | 'paths'>): WritableKeystore {
  const file = createFileKeystore(paths);
  return settings.keystore === 'keyring' ? createKeyringKeystore(paths, file) : file;
}
