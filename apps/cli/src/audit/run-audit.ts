import { once } from 'node:events';
import { loadConfig, resolveProfile } from '@threadbridge/gateway';
import { exportAudit, openSqliteAudit, verifyAudit } from '@threadbridge/store';
import type { AuditOptions } from '../commands/audit.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { toLoadOptions } from '../to-load-options.ts';

/** Checks the chain of the log. Answers with the exit code: 1 where it is not whole. */
export async function verifyLog(options: AuditOptions, io: Io): Promise<number> {
  await using log = await openLog(options, io);
  const verdict = await verifyAudit(log);
  if (options.json) writeLine(io.stdout, JSON.stringify(verdict));
  else if (verdict.isWhole) writeLine(io.stdout, io.texts.inspect.auditWhole(verdict));
  else writeLine(io.stdout, io.texts.inspect.auditBroken({ at: verdict.brokenAt, reason: verdict.reason }));
  return verdict.isWhole ? exitCode.done : exitCode.failed;
}

/** Prints the log as JSON lines. Answers with the exit code. */
export async function exportLog(options: AuditOptions, io: Io): Promise<number> {
  await using log = await openLog(options, io);
  for await (const line of exportAudit(log)) {
    if (!io.stdout.write(line)) await once(io.stdout, 'drain');
  }
  return exitCode.done;
}

async function openLog(options: AuditOptions, io: Io) {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const { store, nativeApiStore } = profile.paths;
  return openSqliteAudit({ path: options.nativeApi ? nativeApiStore : store });
}
