import { directiveSteps } from './directive-steps.ts';
import { parseDirectives } from './directives.ts';
import type { ModelRequest } from './model-request.ts';
import { languageOf, phrases, sayOutcome } from './phrases.ts';
import type { ModelRule } from './rule.ts';
import { isFailure, type ModelStep } from './steps.ts';

/** Prompts with `[[words]]` do what the words say, in their order. */
export const directiveRule: ModelRule = {
  when: (request) => parseDirectives(request.lastUserText).directives.length > 0,
  reply: (request) => stepsOf(request),
};

function stepsOf(request: ModelRequest): readonly ModelStep[] {
  const words = phrases[languageOf(request)];
  const steps: ModelStep[] = [];
  let chunkDelayMs: number | undefined;
  for (const directive of parseDirectives(request.lastUserText).directives) {
    if (directive.name === 'slow') {
      chunkDelayMs = Number.parseInt(directive.argument, 10) || 200;
      continue;
    }
    // Own names only: a word like `constructor` is as unknown as any other.
    const toSteps = Object.hasOwn(directiveSteps, directive.name) ? directiveSteps[directive.name] : undefined;
    const made = toSteps?.(directive) ?? [{ type: 'text' as const, text: words.unknownWord(directive.name, knownWords()) }];
    steps.push(...made.map((step) => atPace(step, chunkDelayMs)));
  }
  const last = steps.findLast((step) => step.type !== 'gate' && step.type !== 'pause');
  const isOver = last && (last.type === 'text' || (isFailure(last) && last.times === undefined));
  const lastWord = last && last.type !== 'reasoning' ? sayOutcome : words.counting;
  return isOver ? steps : [...steps, atPace({ type: 'text', text: lastWord }, chunkDelayMs)];
}

function atPace(step: ModelStep, chunkDelayMs: number | undefined): ModelStep {
  return step.type === 'text' && chunkDelayMs !== undefined ? { ...step, chunkSize: 6, chunkDelayMs } : step;
}

function knownWords(): string {
  return [...Object.keys(directiveSteps), 'slow'].join(', ');
}
