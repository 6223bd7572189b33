import { asId, type Cursor } from '@threadbridge/contract';
import { isObject, numberAt, parseJson } from '../json.ts';
import type { ChatKind } from '../scope.ts';

/** A conversation from which missed messages can be read. */
export interface KnownPlace {
  /** `oc_…` or `oc_…/omt_…`. */
  readonly conversation: string;
  readonly kind: ChatKind;
  /** Creation time of the last handled message, epoch ms. */
  readonly at: number;
}

/**
 * How far a reader has come: per conversation the creation time of the last handled message, and the ids of the latest facts, since the
 * platform repeats and reorders. It fits into a cursor.
 */
export interface Position {
  isHandled(id: string): boolean;
  handled(id: string, place?: KnownPlace): void;
  /** Until it is released, the conversation counts as no further than now: what was missed is still being read. */
  hold(conversation: string): () => void;
  readonly places: readonly KnownPlace[];
  write(): Cursor;
}

const maxPlaces = 200;
/** Ids that are written down. They cover the window that reading again overlaps. */
const maxWrittenIds = 200;
const maxIds = 10_000;
const idLength = 12;

export function readPosition(cursor: Cursor | undefined): Position {
  const stored = parseJson(cursor);
  const places = new Map<string, KnownPlace>();
  const ids = new Set<string>();
  const held = new Map<string, { readonly at: number; count: number }>();
  if (isObject(stored)) {
    for (const [conversation, one] of Object.entries(isObject(stored.at) ? stored.at : {})) {
      const at = numberAt({ at: Array.isArray(one) ? one[0] : undefined }, 'at');
      if (at !== undefined)
        places.set(conversation, { conversation, at, kind: Array.isArray(one) && one[1] === 'p' ? 'private' : 'group' });
    }
    for (const id of Array.isArray(stored.ids) ? stored.ids : []) if (typeof id === 'string') ids.add(id);
  }

  return {
    isHandled: (id) => ids.has(short(id)),
    handled(id, place) {
      ids.add(short(id));
      for (const oldest of ids) {
        if (ids.size <= maxIds) break;
        ids.delete(oldest);
      }
      if (place === undefined) return;
      const at = Math.max(place.at, places.get(place.conversation)?.at ?? 0);
      places.delete(place.conversation);
      places.set(place.conversation, { ...place, at });
      for (const oldest of places.keys()) {
        if (places.size <= maxPlaces) break;
        places.delete(oldest);
      }
    },
    hold(conversation) {
      const known = held.get(conversation) ?? { at: places.get(conversation)?.at ?? 0, count: 0 };
      held.set(conversation, { ...known, count: known.count + 1 });
      return () => {
        const one = held.get(conversation);
        if (one === undefined) return;
        if (one.count <= 1) held.delete(conversation);
        else held.set(conversation, { ...one, count: one.count - 1 });
      };
    },
    get places() {
      return [...places.values()].map((one) => ({ ...one, at: Math.min(one.at, held.get(one.conversation)?.at ?? one.at) }));
    },
    write() {
      const at = Object.fromEntries(this.places.map((one) => [one.conversation, [one.at, one.kind === 'private' ? 'p' : 'g']]));
      return asId<Cursor>(JSON.stringify({ v: 1, at, ids: [...ids].slice(-maxWrittenIds) }));
    },
  };
}

/** The end of an id tells it apart; the beginning is the same for all. */
function short(id: string): string {
  return `${id[0] ?? ''}${id.slice(-idLength)}`;
}
