import type { OutboundControls, RunId } from '@threadbridge/contract';
import { type ControlKeys, readControl } from './read-control.ts';
import type { ScopeState } from './scope-state.ts';

/**
 * What the end of a run still offers at a moment (epoch ms): of its controls those that would not be refused, and only while no later run was
 * shown in a view. Undefined: nothing. Pure.
 */
export function offeredAtEnd(
  state: ScopeState,
  { run, controls = {} }: { readonly run: RunId; readonly controls?: OutboundControls },
  keys: ControlKeys,
  at: number,
): OutboundControls | undefined {
  if (state.endShown !== run) return undefined;
  const isGood = ({ token }: { readonly token: string }) => readControl(state, token, { scope: state.scope, at }, keys).valid;
  const actions = controls.actions?.filter(isGood) ?? [];
  const choices = controls.choices?.filter(isGood) ?? [];
  const form = controls.form !== undefined && isGood(controls.form.submit) ? controls.form : undefined;
  if (actions.length === 0 && choices.length === 0 && form === undefined) return undefined;
  return { ...(actions.length > 0 && { actions }), ...(choices.length > 0 && { choices }), ...(form && { form }) };
}
