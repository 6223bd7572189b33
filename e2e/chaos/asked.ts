import type { ModelRequest } from '@threadbridge/testkit/model';
import type { Turn } from './ledger.ts';
import type { Kind } from './script.ts';

/** One prompt as it stands in a text. */
export interface Word {
  readonly tag: string;
  readonly kind: Kind;
}

/** What a request asks of the model in its turn. */
export interface Asked {
  readonly turn: string;
  /** Everything that people wrote into this turn, oldest first. */
  readonly words: readonly Word[];
  /** Those of the newest message. */
  readonly newest: readonly Word[];
  /** What the model has answered in this turn. */
  readonly answered: ReadonlySet<string>;
}

interface Item {
  readonly type?: string;
  readonly role?: string;
  readonly id?: string;
  readonly content?: readonly { readonly text?: string }[];
}

const written = /\b([wf]\d+) (quick|slow|tool|ask|steer)\b/g;

export function wordsIn(text: string): readonly Word[] {
  return Array.from(text.matchAll(written), ([, tag = '', kind = '']) => ({ tag, kind: kind as Kind }));
}

/**
 * Undefined for a request that belongs to no turn. Codex sends the whole thread each time; ids of turns and messages are UUIDs of version 7, so
 * those of a turn are no older than its own (seen with 0.169).
 */
export function readAsked({ headers, body, purpose }: ModelRequest): Asked | undefined {
  const metadata = headers['x-codex-turn-metadata'];
  const turn = metadata === undefined ? undefined : (JSON.parse(metadata) as { readonly turn_id?: string }).turn_id;
  if (turn === undefined || purpose !== 'turn') return undefined;
  const items = ((body as { readonly input?: readonly Item[] } | undefined)?.input ?? []).filter(
    ({ type }) => type === 'message',
  );
  const began = momentOf(turn);
  const own = items.filter(({ role, id }) => role === 'user' && id !== undefined && momentOf(id.replace(/^msg_/, '')) >= began);
  const messages = own.map((item) => wordsIn(textOf(item))).filter((words) => words.length > 0);
  const last = own.at(-1);
  const said = items
    .slice(own[0] === undefined ? items.length : items.indexOf(own[0]))
    .filter(({ role }) => role === 'assistant');
  return {
    turn,
    words: messages.flat(),
    newest: last === undefined ? [] : wordsIn(textOf(last)),
    answered: new Set(said.flatMap((item) => Array.from(textOf(item).matchAll(/whole-([wf]\d+)\./g), ([, tag = '']) => tag))),
  };
}

/** The turns that reached the model, in their order, with the tags that people wrote into each; one twice that is in it twice. */
export function turnsIn(requests: readonly ModelRequest[]): readonly Turn[] {
  const turns = new Map<string, Turn>();
  for (const request of requests) {
    const asked = readAsked(request);
    if (asked === undefined) continue;
    const { at, tags: before } = turns.get(asked.turn) ?? { at: request.at, tags: [] };
    const now = asked.words.map(({ tag }) => tag);
    // A turn grows by what is put into it.
    turns.set(asked.turn, { id: asked.turn, at, tags: now.length > before.length ? now : before });
  }
  return [...turns.values()];
}

/** The 48 bits of time. */
function momentOf(uuid: string): string {
  return uuid.slice(0, 13);
}

function textOf({ content = [] }: Item): string {
  return content.map(({ text = '' }) => text).join('\n');
}
