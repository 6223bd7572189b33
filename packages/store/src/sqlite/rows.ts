import type { ChannelId, Cursor, EffectKey, InputId, ScopeId } from '@threadbridge/contract';
import type { EffectRow, Fact, FactChange, Input, OpenEffect, Outcome, ScopeState } from '@threadbridge/core';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Orm } from './driver.ts';
import { keyText } from './key-text.ts';
import { cursors, effects, facts, inbox, scopes } from './schema.ts';

const slot = sql.placeholder;

/** The rows, each read or written by one prepared statement. Nothing here opens a transaction. */
export function createRows(orm: Orm) {
  const addInput = orm
    .insert(inbox)
    .values({ id: slot('id'), scope: slot('scope'), input: slot('input'), acceptedAt: slot('now') })
    .onConflictDoNothing({ target: inbox.id })
    .prepare();
  const oldestInput = orm
    .select({ input: inbox.input })
    .from(inbox)
    .where(isNull(inbox.handledAt))
    .orderBy(asc(inbox.seq))
    .limit(1)
    .prepare();
  const hasInput = orm
    .select({ seq: inbox.seq })
    .from(inbox)
    .where(eq(inbox.id, slot('id')))
    .prepare();
  const handleInput = orm
    .update(inbox)
    .set({ handledAt: sql`${slot('now')}` })
    .where(and(eq(inbox.id, slot('id')), isNull(inbox.handledAt)))
    .prepare();
  const putCursor = orm
    .insert(cursors)
    .values({ channel: slot('channel'), cursor: slot('cursor'), updatedAt: slot('now') })
    .onConflictDoUpdate({ target: cursors.channel, set: { cursor: sql`excluded.cursor`, updatedAt: sql`excluded.updated_at` } })
    .prepare();
  const getCursor = orm
    .select({ cursor: cursors.cursor })
    .from(cursors)
    .where(eq(cursors.channel, slot('channel')))
    .prepare();
  const putScope = orm
    .insert(scopes)
    .values({ id: slot('id'), state: slot('state'), updatedAt: slot('now') })
    .onConflictDoUpdate({ target: scopes.id, set: { state: sql`excluded.state`, updatedAt: sql`excluded.updated_at` } })
    .prepare();
  const getScope = orm
    .select({ state: scopes.state })
    .from(scopes)
    .where(eq(scopes.id, slot('id')))
    .prepare();
  const addEffect = orm
    .insert(effects)
    .values({
      key: slot('key'),
      scope: slot('scope'),
      type: slot('type'),
      body: slot('body'),
      status: 'open',
      attempts: 0,
      committedAt: slot('now'),
    })
    .onConflictDoNothing({ target: effects.key })
    .prepare();
  const openEffects = orm
    .select({ body: effects.body, status: effects.status, attempts: effects.attempts, notBefore: effects.notBefore })
    .from(effects)
    .where(isNull(effects.settledAt))
    .orderBy(asc(effects.seq))
    .prepare();
  const effectStatus = orm
    .select({ status: effects.status })
    .from(effects)
    .where(eq(effects.key, slot('key')))
    .prepare();
  const startEffect = orm
    .update(effects)
    .set({ status: 'started', startedAt: sql`${slot('now')}` })
    .where(and(eq(effects.key, slot('key')), eq(effects.status, 'open')))
    .prepare();
  const settleEffect = orm
    .update(effects)
    .set({ status: sql`${slot('status')}`, code: sql`${slot('code')}`, settledAt: sql`${slot('now')}` })
    .where(and(eq(effects.key, slot('key')), isNull(effects.settledAt)))
    .prepare();
  const putOffEffect = orm
    .update(effects)
    .set({ status: 'open', attempts: sql`attempts + 1`, notBefore: sql`${slot('at')}`, code: sql`${slot('code')}` })
    .where(and(eq(effects.key, slot('key')), isNull(effects.settledAt)))
    .prepare();
  const putFact = orm
    .insert(facts)
    .values({ kind: slot('kind'), name: slot('name'), body: slot('body'), updatedAt: slot('now') })
    .onConflictDoUpdate({
      target: [facts.kind, facts.name],
      set: { body: sql`excluded.body`, updatedAt: sql`excluded.updated_at` },
    })
    .prepare();
  const removeFact = orm
    .delete(facts)
    .where(and(eq(facts.kind, slot('kind')), eq(facts.name, slot('name'))))
    .prepare();
  const allFacts = orm.select({ body: facts.body }).from(facts).prepare();

  return {
    addInput(input: Input, now: number): void {
      addInput.run({ id: keyText(input.id), scope: keyText(input.scope.id), input, now });
    },
    oldestInput: (): Input | undefined => oldestInput.get()?.input,
    hasInput: (id: InputId): boolean => hasInput.get({ id: keyText(id) }) !== undefined,
    /** False: there is no such input, or it was handled before. */
    handleInput: (id: InputId, now: number): boolean => handleInput.run({ id: keyText(id), now }).changes === 1,
    putCursor(channel: ChannelId, cursor: Cursor, now: number): void {
      putCursor.run({ channel: keyText(channel), cursor, now });
    },
    getCursor: (channel: ChannelId): Cursor | undefined => getCursor.get({ channel: keyText(channel) })?.cursor,
    putScope(id: ScopeId, state: ScopeState, now: number): void {
      putScope.run({ id: keyText(id), state, now });
    },
    /** As it was stored, in whichever version. */
    getScope: (id: ScopeId): unknown => getScope.get({ id: keyText(id) })?.state,
    /** False: the key is taken. */
    addEffect: (row: EffectRow, now: number): boolean =>
      addEffect.run({ key: keyText(row.key), scope: keyText(row.scope.id), type: row.effect.type, body: row, now }).changes === 1,
    openEffects: (): readonly OpenEffect[] =>
      openEffects.all().map(({ body, status, attempts, notBefore }) => ({
        ...body,
        isStarted: status === 'started',
        attempts,
        ...(notBefore !== null && { notBefore }),
      })),
    effectStatus: (key: EffectKey) => effectStatus.get({ key: keyText(key) })?.status,
    /** False: there is no such effect, or it is not open. */
    startEffect: (key: EffectKey, now: number): boolean => startEffect.run({ key: keyText(key), now }).changes === 1,
    /** False: there is no such effect, or it has its outcome. */
    settleEffect(key: EffectKey, outcome: Outcome, now: number): boolean {
      if (outcome.type === 'retry') {
        return putOffEffect.run({ key: keyText(key), at: outcome.at, code: outcome.code }).changes === 1;
      }
      const code = outcome.type === 'failed' ? outcome.code : null;
      return settleEffect.run({ key: keyText(key), status: outcome.type, code, now }).changes === 1;
    },
    changeFact(change: FactChange, now: number): void {
      if (change.type === 'remove') removeFact.run({ kind: change.kind, name: keyText(change.name) });
      else putFact.run({ kind: change.fact.kind, name: keyText(change.fact.name), body: change.fact, now });
    },
    allFacts: (): readonly Fact[] => allFacts.all().map((row) => row.body),
  };
}
