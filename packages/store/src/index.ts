export { exportAudit } from './audit/export-audit.ts';
export { type AuditLog, type AuditVerdict, verifyAudit } from './audit/verify-audit.ts';
export type {
  HistoryPage,
  HistoryQuery,
  RememberedEffect,
  RememberedInput,
  RememberedScope,
  StoreHistory,
} from './history.ts';
export { copySqliteStore } from './sqlite/back-up.ts';
export type { StoreFigures } from './sqlite/count-rows.ts';
export { openSqliteAudit } from './sqlite/sqlite-audit.ts';
export type { SqliteContinuationsOptions } from './sqlite/sqlite-continuations.ts';
export { createSqliteStore, type SqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store.ts';
