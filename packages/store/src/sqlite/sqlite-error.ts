import { GatewayError, isGatewayError } from '@threadbridge/contract';

/** What SQLite said, in the words of the contract. `doing` names the operation. Anything else is a bug and stays as it is. */
export function toStoreError(error: unknown, doing: string, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (isGatewayError(error) || !(code.startsWith('SQLITE_') || code.startsWith('E'))) return error;
  const failed = `${doing} on the store ${path}`;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new GatewayError('store.busy', `${failed} did nothing: another process is writing to the file.`, {
      remedy:
        'Try again; if it stays so, look for a program that keeps the file locked (a database browser, a copy in progress).',
      retry: { afterMs: 100 },
      certain: true,
      cause: error,
    });
  }
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code))
    return corrupt(path, `${failed} found that the file is damaged or no database`, error);
  if (/^(SQLITE_(READONLY|CANTOPEN|FULL|IOERR|PERM|AUTH|NOLFS)|E[A-Z]+$)/.test(code)) {
    return new GatewayError('store.unwritable', `${failed} failed: the disk said ${code}.`, {
      remedy: `Check that the disk is not full and that this user may write to the file and its directory.`,
      // After an I/O error in a commit it is not known what reached the disk.
      certain: !code.startsWith('SQLITE_IOERR'),
      cause: error,
    });
  }
  return error;
}

export function corrupt(path: string, found: string, cause?: unknown): GatewayError {
  return new GatewayError('store.corrupt', `${found}; nothing was changed.`, {
    remedy: `Stop, keep a copy of ${path} (and of ${path}-wal, if there), then put a backup in its place.`,
    certain: true,
    cause,
  });
}
