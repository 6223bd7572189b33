import type { ThreadId, WorkspacePath } from '@threadbridge/contract';
import { boundThread } from '../policy/bound-thread.ts';
import { planRun } from '../policy/plan-run.ts';
import { actorsOf } from './actors-of.ts';
import type { Prompt } from './prompt.ts';
import { requestOf } from './request-of.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Which of the waiting words the next run carries: a review and words for a named thread go alone, the others together, all in their order. */
export function nextBatch(pending: readonly Prompt[]): readonly Prompt[] {
  const end = pending.findIndex(isAlone);
  if (end === 0) return pending.slice(0, 1);
  return end === -1 ? pending : pending.slice(0, end);
}

function isAlone({ target, review }: Prompt): boolean {
  return target !== undefined || review !== undefined;
}

/** The thread that these words go to. Undefined: a new one. */
export function threadOf(
  state: ScopeState,
  batch: readonly Prompt[],
  workspace: WorkspacePath,
  rules: Rules,
): ThreadId | undefined {
  const { fingerprint } = planRun(state.scope, actorsOf(batch), workspace, rules, requestOf(batch));
  return batch[0]?.target?.thread ?? boundThread(state, fingerprint, rules)?.thread;
}

/** The directory that these words are meant for, as it is written; undefined where none was given. */
export function workspaceOf(state: ScopeState, batch: readonly Prompt[], rules: Rules): string | undefined {
  return batch[0]?.target?.workspace ?? requestOf(batch).cwd ?? state.workspace ?? rules.workspaces.default;
}
