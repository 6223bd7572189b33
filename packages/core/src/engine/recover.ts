import {
  explain,
  type RunHistory,
  type TerminalEvent,
  type ThreadId,
  type TurnId,
  type TurnRecord,
} from '@threadbridge/contract';
import type { EffectOf } from '../decide/effect.ts';
import { type Input, resultInputId } from '../decide/input.ts';
import type { OpenEffect } from '../ports/store.ts';
import { lost } from './effects/run-start.ts';
import type { Engine } from './engine.ts';
import { findMade } from './find-made.ts';

/** Among how many turns the one of a lost run is looked for, to learn what files it made. */
const recentTurns = 10;

/** What became of a run that an earlier process had started. */
export type Recovered =
  /** The turn was surely never asked for: the effect may simply be performed. */
  | { readonly type: 'notBegun' }
  /** The agent still works on it. */
  | { readonly type: 'goesOn'; readonly turn: GoingTurn }
  | { readonly type: 'ended'; readonly end: Input };

/** A turn that outlived the process which began it. */
export interface GoingTurn {
  readonly thread: ThreadId;
  readonly turn: TurnId;
}

/**
 * Finds out what became of a run that an earlier process had started. Without a thread the turn was surely never asked for; otherwise
 * Codex is asked what it kept under the effect's key.
 */
export async function recoverRun(row: OpenEffect, effect: EffectOf<'run.start'>, engine: Engine): Promise<Recovered> {
  const state = await engine.store.loadScope(row.scope.id);
  const phase = state?.phase;
  const running = phase?.name === 'running' && phase.run === effect.run ? phase : undefined;
  const thread = running?.thread;
  const { history, attach } = engine.runner.capabilities;
  const ended = (end: Input): Recovered => ({ type: 'ended', end });
  if (thread === undefined) {
    if (running?.stopping === undefined) return { type: 'notBegun' };
    return ended(lost(row, effect, engine, { code: 'runner.lost', message: 'It was stopped before it began.', certain: true }));
  }
  const cut = 'Threadbridge was restarted while it worked.';
  if (history === undefined) return ended(lost(row, effect, engine, { code: 'runner.lost', message: cut, certain: false }));
  try {
    const record =
      effect.review === undefined ? await history.findTurn(thread, row.key) : await findReview(history, thread, running?.turn);
    if (record?.status === 'inProgress' && attach !== undefined) return { type: 'goesOn', turn: { thread, turn: record.turn } };
    const event = record && terminalOf(record);
    if (record !== undefined && event !== undefined) {
      const id = resultInputId(row.key, `${row.attempts}/end`);
      const { turns } = await history.turns(thread, { limit: recentTurns });
      const items = turns.find(({ turn }) => turn === record.turn)?.items ?? [];
      const made = await findMade(row, effect, { items, text: record.text }, engine);
      const base = { id, scope: row.scope, at: engine.clock.now(), run: effect.run };
      return ended({ type: 'run.progressed', ...base, event, ...(made.length > 0 && { made }) });
    }
    const message = record === undefined ? `${cut} Codex kept no record of this turn.` : cut;
    const kept = record && { turn: record.turn, ...(record.text !== '' && { text: record.text }) };
    return ended(lost(row, effect, engine, { code: 'runner.lost', message, certain: false, ...kept }));
  } catch (error) {
    const message = `${cut} What became of it could not be read: ${explain(error)}`;
    return ended(lost(row, effect, engine, { code: 'runner.lost', message, certain: false }));
  }
}

/** A review carries no key: the turn it was known by is looked for. Its words may be in its last item alone. */
async function findReview(history: RunHistory, thread: ThreadId, turn: TurnId | undefined): Promise<TurnRecord | undefined> {
  if (turn === undefined) return undefined;
  const { turns } = await history.turns(thread, { limit: recentTurns });
  const found = turns.find((one) => one.turn === turn);
  const told = found?.items.flatMap((item) => (item.type === 'review' && item.stage === 'exited' ? [item.text] : [])).at(-1);
  return found && { ...found, text: found.text === '' ? (told ?? '') : found.text };
}

/** The end that Codex remembers. A turn that ended as interrupted with its process has no end of its own. */
function terminalOf(record: TurnRecord): TerminalEvent | undefined {
  const { turn, text, error = 'Codex gave no reason.', errorKind: kind = 'other' } = record;
  switch (record.status) {
    case 'completed':
      return { type: 'turn.completed', turn, text };
    case 'failed':
      return { type: 'turn.failed', turn, text, error: { kind, message: error } };
    case 'interrupted':
    case 'inProgress':
      return undefined;
  }
}
