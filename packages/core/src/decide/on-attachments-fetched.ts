import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import { nextBatch } from './next-batch.ts';
import type { Prompt } from './prompt.ts';
import { isFetching, type PromptFiles } from './prompt-files.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { prepareRun } from './start-run.ts';

/** The files of a message are there, or will not come: each refused one is told, and the message waits no longer for them. */
export function onAttachmentsFetched(state: ScopeState, input: InputOf<'attachments.fetched'>, rules: Rules): Decision {
  const { taken, refused, folder, at } = input;
  const files: PromptFiles = { state: 'here', taken, refused };
  const withFiles = (prompt: Prompt): readonly Prompt[] => {
    if (prompt.event !== input.event) return [prompt];
    return prompt.text === '' && taken.length === 0 ? [] : [{ ...prompt, files }];
  };
  const { parked } = state;
  const next: ScopeState = {
    ...state,
    ...(parked && { parked: { ...parked, prompts: parked.prompts.flatMap(withFiles) } }),
    pending: state.pending.flatMap(withFiles),
    ...(folder !== undefined && { folder }),
  };
  const texts = textsIn(rules.language);
  const lines = refused.map((file) => texts.fileRefused({ ...file, ...rules.attachments }));
  const told = lines.length === 0 ? [] : say({ state: next, rules, at }, lines.join('\n'));
  const going = goOn(next, at, rules);
  return { ...going, effects: [...told, ...going.effects] };
}

/** Goes on to the run where nothing is on its way any more. */
export function goOn(state: ScopeState, at: number, rules: Rules): Decision {
  return state.phase.name === 'fetching' && !nextBatch(state.pending).some(isFetching)
    ? prepareRun(state, at, rules)
    : decision(state);
}
