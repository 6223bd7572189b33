import { wrongValue } from '../api-error.ts';
import type { FunctionCallOutput, Item } from './items.ts';

/** Refuses outputs nobody asked for, and calls that were never answered. `param` names the field the new items came in. */
export function checkCalls(items: readonly Item[], param: string): void {
  const open = new Set<string>();
  const answered = new Set<string>();
  for (const item of items) {
    if (item.type === 'function_call') open.add(item.call_id);
    if (item.type !== 'function_call_output') continue;
    if (answered.has(item.call_id)) throw wrongValue(param, `there are two outputs for the call '${item.call_id}'.`);
    if (!open.delete(item.call_id)) throw wrongValue(param, `there is no call '${item.call_id}' this output could belong to.`);
    answered.add(item.call_id);
  }
  const [left] = open;
  if (left !== undefined) throw wrongValue(param, `No tool output found for function call '${left}'.`);
}

/** Splits off the outputs a conversation ends with; empty where it ends otherwise. */
export function trailingOutputs(
  items: readonly Item[],
): readonly [before: readonly Item[], outputs: readonly FunctionCallOutput[]] {
  let at = items.length;
  while (items[at - 1]?.type === 'function_call_output') at--;
  const outputs = items.slice(at).filter((item) => item.type === 'function_call_output');
  return [items.slice(0, at), outputs];
}
