import type { ScopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { createAuditRows } from './audit-rows.ts';
import { createContinuationRows } from './continuation-rows.ts';
import { type Client, loadDriver } from './driver.ts';
import { createHistoryRows } from './history-rows.ts';
import { applyMigrations, readMigrations } from './migrate.ts';
import { createPruning } from './prune-rows.ts';
import { createRows } from './rows.ts';
import { createTaskRows } from './task-rows.ts';

describe.skipIf(!(Number(process.versions.napi) >= 10))('the statements', () => {
  it('find what waits, what is open and what is past its time without looking at the rest, however much that is', async () => {
    const driver = await loadDriver({ ...process.versions, version: process.version });
    const { default: Database } = await import('better-sqlite3');
    const client: Client = new Database(':memory:');
    applyMigrations(client, readMigrations());
    const statements: string[] = [];
    const watched = new Proxy(client, {
      get: (target, name) =>
        name === 'prepare'
          ? (statement: string) => {
              statements.push(statement);
              return target.prepare(statement);
            }
          : Reflect.get(target, name),
    });
    const orm = driver.orm(watched);
    createRows(orm);
    createAuditRows(orm);
    createPruning(orm);
    createContinuationRows(orm);
    createTaskRows(orm);
    const history = createHistoryRows(orm);
    history.scopes({ limit: 1 });
    history.effects({ types: ['deliver'], limit: 1 });
    history.openEffects('run.start');
    history.inputs({ scope: 'chat:a' as ScopeId, limit: 1 });
    const steps = statements.flatMap((statement) => {
      const slots = statement
        .split('?')
        .slice(1)
        .map(() => null);
      const plan = client.prepare<unknown[], { detail: string }>(`explain query plan ${statement}`).all(...slots);
      return plan.map((step) => step.detail);
    });
    client.close();
    expect(steps).toContain('SCAN inbox USING INDEX inbox_waiting');
    expect(steps).toContain('SCAN effects USING INDEX effects_open');
    expect(steps).toContain('SEARCH inbox USING INDEX inbox_bodies (handled_at>? AND handled_at<?)');
    expect(steps).toContain('SEARCH inbox USING INDEX inbox_ids (handled_at<?)');
    expect(steps).toContain('SEARCH effects USING INDEX effects_bodies (settled_at>? AND settled_at<?)');
    expect(steps).toContain('SEARCH effects USING INDEX effects_ids (settled_at<?)');
    // Whole tables are read for the facts alone, which are few; nothing is sorted. The least used continuation is the first row.
    expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step) && !step.includes('USING INDEX'))).toEqual([
      'SCAN facts',
      'SCAN continuations',
      'SCAN json_each EXISTS VIRTUAL TABLE INDEX 1:',
      // From the end, as many as are asked for.
      'SCAN tasks',
    ]);
  });
});
