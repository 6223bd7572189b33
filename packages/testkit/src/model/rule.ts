import type { ModelRequest } from './model-request.ts';
import type { ModelStep } from './steps.ts';

/** One piece of the script: when it applies, and what happens then. The first rule that applies answers. */
export interface ModelRule {
  /** A pattern is tried on the last user message. */
  readonly when: RegExp | ((request: ModelRequest) => boolean);
  /**
   * The steps for one user message. A function is asked again for each request of the turn, so up to `request.stepIndex` it
   * must give the same steps as before.
   */
  readonly reply: readonly ModelStep[] | ((request: ModelRequest) => readonly ModelStep[]);
}

/** The steps of the first rule that applies; undefined when none does. */
export function findReply(rules: readonly ModelRule[], request: ModelRequest): readonly ModelStep[] | undefined {
  const rule = rules.find(({ when }) =>
    // `search` starts at 0 whatever flags the pattern has; `test` would go on where a global one stopped.
    when instanceof RegExp ? request.lastUserText.search(when) >= 0 : when(request),
  );
  if (!rule) return undefined;
  return typeof rule.reply === 'function' ? rule.reply(request) : rule.reply;
}
