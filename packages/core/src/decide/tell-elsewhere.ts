import type { InputId } from '@threadbridge/contract';
import { isShared } from '../policy/roles.ts';
import type { Input, Notice } from './input.ts';
import { requestOf } from './request-of.ts';
import type { RunningPhase, ScopeState } from './scope-state.ts';

/** Tells the private conversations that are to know of a run. `what` names the notice among those of the run. */
export function tellElsewhere(
  state: ScopeState,
  phase: RunningPhase,
  at: number,
  what: string,
  notice: Notice,
): readonly Input[] {
  const { notify = [] } = requestOf(phase.prompts);
  return notify
    .filter((scope) => !isShared(scope) && scope.id !== state.scope.id)
    .map((scope) => ({
      ...{ type: 'notice.posted', id: `${phase.run}/${what}/to/${scope.id}` as InputId },
      ...{ scope, at, from: state.scope, notice },
    }));
}
