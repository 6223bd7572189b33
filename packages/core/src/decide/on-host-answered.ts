import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** The program answered what was asked of it. */
export function onHostAnswered(state: ScopeState, input: InputOf<'host.answered'>, rules: Rules): Decision {
  return decision(state, say({ state, rules, at: input.at }, words(input, rules)));
}

function words({ ask, reply, at }: InputOf<'host.answered'>, rules: Rules): string {
  const texts = textsIn(rules.language);
  switch (reply.type) {
    case 'failed':
      return texts.askFailed({ message: reply.message });
    case 'findings':
      return reply.findings.map((finding) => texts.hostFinding(finding)).join('\n');
    case 'processes':
      return reply.processes
        .map(({ name, pid, startedAt }) =>
          texts.hostProcess({ name, pid, ...(startedAt !== undefined && { minutes: Math.round((at - startedAt) / 60_000) }) }),
        )
        .join('\n');
    case 'done':
      return texts.hostDone({ what: ask.what, names: reply.names.join(', ') });
  }
}
