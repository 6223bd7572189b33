import type { InputId, RunId } from '@threadbridge/contract';
import { isShared } from '../policy/roles.ts';
import type { Input } from './input.ts';
import type { Notice } from './notice.ts';
import type { Prompt } from './prompt.ts';
import { requestOf } from './request-of.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Tells the private conversations that are to know of a run: those it was asked to tell, and the profile's. `what` names the notice among those of the run. */
export function tellElsewhere(
  state: ScopeState,
  about: { readonly run: RunId; readonly prompts: readonly Prompt[] },
  at: number,
  what: string,
  notice: Notice,
  rules: Rules,
): readonly Input[] {
  const { notify = [] } = requestOf(about.prompts);
  // What somebody stopped is no news to those who did not ask to be told of this run.
  const own =
    rules.notices === undefined || (notice.type === 'ended' && notice.status === 'interrupted') ? [] : [rules.notices.to];
  return [...notify, ...own.filter((scope) => notify.every((other) => other.id !== scope.id))]
    .filter((scope) => !isShared(scope) && scope.id !== state.scope.id)
    .map((scope) => ({
      ...{ type: 'notice.posted', id: `${about.run}/${what}/to/${scope.id}` as InputId },
      ...{ scope, at, from: state.scope, notice },
    }));
}
