import type { ReviewInput, RunInput, ReviewTarget as Target, TurnId } from '@threadbridge/contract';
import type { ReviewTarget, Turn } from '../app-server/protocol.gen.ts';
import { toSettingsUpdate, toTurnStart } from '../convert/from-run-input.ts';
import { seen, words } from '../convert/seen.ts';
import type { AskForTurn } from './run.ts';

/** A turn that answers the prompt. */
export function askForTurn(input: RunInput): AskForTurn {
  return async ({ client }, thread) => {
    if (input.history) await client.call('thread/inject_items', { threadId: thread, items: [...input.history] as never[] });
    const reply = await client.call('turn/start', toTurnStart(thread, input));
    return { turn: toTurnId(reply.turn) };
  };
}

/** A review takes no settings of its own: those of the thread are set before. */
export function askForReview(input: ReviewInput): AskForTurn {
  return async ({ client }, thread) => {
    await client.call('thread/settings/update', toSettingsUpdate(thread, { ...input, prompt: '' }));
    const reply = await client.call('review/start', {
      threadId: thread,
      target: toReviewTarget(input.target),
      delivery: 'inline',
    });
    return { turn: toTurnId(reply.turn), hasInnerTurn: true };
  };
}

function toReviewTarget(target: Target): ReviewTarget {
  return target.type === 'commit' ? { type: 'commit', sha: target.sha, title: target.title ?? null } : target;
}

function toTurnId(turn: unknown): TurnId {
  return words(seen<Turn>(turn).id) as TurnId;
}
