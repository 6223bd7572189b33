import type { ErrorCode } from '@threadbridge/contract';
import { type EffectRow, type Input, upcast } from '@threadbridge/core';
import { and, asc, desc, eq, gte, inArray, isNull, lt, max } from 'drizzle-orm';
import type { HistoryPage, RememberedEffect, StoreHistory } from '../history.ts';
import type { Orm } from './driver.ts';
import { keyText } from './key-text.ts';
import { effects, inbox, scopes } from './schema.ts';

/** How many rows one call looks at, whatever it finds among them. */
const windowSize = 10_000;

const effectColumns = {
  seq: effects.seq,
  body: effects.body,
  status: effects.status,
  attempts: effects.attempts,
  notBefore: effects.notBefore,
  code: effects.code,
  committedAt: effects.committedAt,
  settledAt: effects.settledAt,
};

/** Reads what happened. Nothing here writes. */
export function createHistoryRows(orm: Orm): StoreHistory {
  return {
    scopes({ before = Number.MAX_SAFE_INTEGER, limit }) {
      const isOlder = lt(scopes.updatedAt, before);
      const order = desc(scopes.updatedAt);
      // Conversations that changed in the same millisecond stay on one page, or the next would leave some out.
      const [last] = orm
        .select({ at: scopes.updatedAt })
        .from(scopes)
        .where(isOlder)
        .orderBy(order)
        .limit(1)
        .offset(limit - 1)
        .all();
      const isOnPage = last === undefined ? isOlder : and(isOlder, gte(scopes.updatedAt, last.at));
      const found = orm
        .select({ state: scopes.state, updatedAt: scopes.updatedAt })
        .from(scopes)
        .where(isOnPage)
        .orderBy(order)
        .all();
      const rows = found.map(({ state, updatedAt }) => ({ state: upcast(state), updatedAt }));
      return { rows, ...(last !== undefined && { before: last.at }) };
    },
    effects({ types, scope, before, limit }) {
      const end = before ?? (lastSeq(orm, effects) ?? 0) + 1;
      const floor = Math.max(0, end - windowSize);
      const found = orm
        .select(effectColumns)
        .from(effects)
        .where(
          and(
            lt(effects.seq, end),
            gte(effects.seq, floor),
            inArray(effects.type, [...types]),
            scope === undefined ? undefined : eq(effects.scope, keyText(scope)),
          ),
        )
        .orderBy(desc(effects.seq))
        .limit(limit)
        .all();
      return page(found, toEffect, { floor, limit });
    },
    openEffects(type) {
      const found = orm
        .select(effectColumns)
        .from(effects)
        .where(and(isNull(effects.settledAt), eq(effects.type, type)))
        .orderBy(asc(effects.seq))
        .all();
      return found.flatMap(toEffect);
    },
    inputs({ scope, before, limit }) {
      const end = before ?? (lastSeq(orm, inbox) ?? 0) + 1;
      const floor = Math.max(0, end - windowSize);
      const found = orm
        .select({ seq: inbox.seq, input: inbox.input, acceptedAt: inbox.acceptedAt })
        .from(inbox)
        .where(and(lt(inbox.seq, end), gte(inbox.seq, floor), eq(inbox.scope, keyText(scope))))
        .orderBy(desc(inbox.seq))
        .limit(limit)
        .all();
      return page(found, ({ input, ...row }) => (isThere<Input>(input) ? [{ ...row, input }] : []), { floor, limit });
    },
  };
}

function lastSeq(orm: Orm, table: typeof effects | typeof inbox): number | undefined {
  const [row] = orm
    .select({ seq: max(table.seq) })
    .from(table)
    .all();
  return row?.seq ?? undefined;
}

/** A full page ends at its last row, a short one where the window ends. */
function page<Found extends { readonly seq: number }, Row>(
  found: readonly Found[],
  read: (row: Found) => readonly Row[],
  { floor, limit }: { readonly floor: number; readonly limit: number },
): HistoryPage<Row> {
  const last = found.length === limit ? found.at(-1)?.seq : floor;
  return { rows: found.flatMap(read), ...(last !== undefined && last > 1 && { before: last }) };
}

type FoundEffect = {
  readonly [Name in keyof typeof effectColumns]: (typeof effects.$inferSelect)[Name];
};

function toEffect({ body, notBefore, code, settledAt, ...row }: FoundEffect): readonly RememberedEffect[] {
  if (!isThere<EffectRow>(body)) return [];
  return [
    {
      ...row,
      row: body,
      ...(notBefore !== null && { notBefore }),
      ...(settledAt !== null && { settledAt }),
      ...(code !== null && { code: code as ErrorCode }),
    },
  ];
}

/** False for a body that retention dropped. */
function isThere<Body>(body: Body | null): body is Body {
  return body !== null;
}
