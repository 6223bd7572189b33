import { requestOf } from './request-of.ts';
import type { Rules } from './rules.ts';
import type { Prompt, ScopeState } from './scope-state.ts';

/** Which of the waiting words the next run carries: words for a named thread go alone, the others together, all in their order. */
export function nextBatch(pending: readonly Prompt[]): readonly Prompt[] {
  if (pending[0]?.target !== undefined) return pending.slice(0, 1);
  const end = pending.findIndex(({ target }) => target !== undefined);
  return end === -1 ? pending : pending.slice(0, end);
}

/** The directory that these words are meant for, as it is written; undefined where none was given. */
export function workspaceOf(state: ScopeState, batch: readonly Prompt[], rules: Rules): string | undefined {
  return batch[0]?.target?.workspace ?? requestOf(batch).cwd ?? state.workspace ?? rules.workspaces.default;
}
