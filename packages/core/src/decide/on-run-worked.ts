import { firstWords } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { inline } from '../texts/visible.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { RunStep } from './run-step.ts';
import type { ScopeState } from './scope-state.ts';

/** What a run did since it was told last, one line a step. It is told while it goes on; the answer does not wait for it. */
export function onRunWorked(state: ScopeState, input: InputOf<'run.worked'>, rules: Rules): Decision {
  const { phase } = state;
  if (phase.name !== 'running' || phase.run !== input.run || phase.stopping !== undefined) return decision(state);
  const texts = textsIn(rules.language);
  const { steps, omitted, at } = input;
  const before = omitted === 0 ? [] : [texts.stepsOmitted({ count: omitted })];
  const lines = [...before, ...new Set(steps.map((step) => stepLine(step, rules)))];
  return decision(state, say({ state, rules, at }, lines.map((line) => `- ${line}`).join('\n'), { purpose: 'progress' }));
}

function stepLine(step: RunStep, { language }: Rules): string {
  const texts = textsIn(language);
  switch (step.type) {
    case 'ran':
      return texts.stepRan({ command: short(step.command), exitCode: step.exitCode ?? 0 });
    case 'changed':
      return texts.stepChanged({ path: short(step.path) });
    case 'used':
      return texts.stepUsed({ tool: short(step.tool) });
  }
}

function short(text: string): string {
  return inline(firstWords(text, 120));
}
