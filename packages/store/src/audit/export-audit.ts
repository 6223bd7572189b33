import { canonicalJson } from './canonical-json.ts';
import type { AuditLog } from './verify-audit.ts';

/**
 * The audit log as JSON lines, oldest first, each with its line break. Records come as they are stored, changed ones too; whether they are
 * whole says `verifyAudit`. Read page by page: a log of any length takes little memory.
 */
export async function* exportAudit(
  log: Pick<AuditLog, 'readAudit'>,
  options: { /** Leave out what comes before this record and the record itself. Default 0. */ readonly after?: number } = {},
): AsyncGenerator<string, void, void> {
  let after = options.after ?? 0;
  for (;;) {
    const page = await log.readAudit(after, pageSize);
    for (const record of page) {
      yield `${canonicalJson(record)}\n`;
      after = record.seq;
    }
    if (page.length === 0) return;
  }
}

const pageSize = 500;
