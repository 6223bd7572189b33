import { mintCode } from '../policy/action-token.ts';
import { isShared, roleOf } from '../policy/roles.ts';
import { wordsOf } from '../texts/first-words.ts';
import { textsIn } from '../texts/texts.ts';
import { actorsOf } from './actors-of.ts';
import { controls, tokenOf } from './controls.ts';
import { type Decision, decision, say } from './decision.ts';
import { finishRun } from './finish-run.ts';
import type { InputOf } from './input.ts';
import type { HeldPhase, HeldWay } from './phase.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

/** Somebody else has the thread open: people choose how to go on, and nothing is taken from anybody. */
export function onRunHeld(state: ScopeState, input: InputOf<'run.held'>, rules: Rules): Decision {
  const { phase } = state;
  if (phase.name !== 'running' || phase.run !== input.run) return decision(state);
  const { at, thread, ceiling } = input;
  if (phase.stopping !== undefined) {
    const note = textsIn(rules.language).stopped({ why: phase.stopping.reason, words: wordsOf(phase.prompts) });
    return finishRun(state, phase, { status: 'interrupted', text: '', note }, at, rules);
  }
  const { run, fingerprint, workspace, prompts } = phase;
  // What is left in the queue of another program runs under that program's settings, which may be more than policy grants.
  const isOwners = !isShared(state.scope) && actorsOf(prompts).every((actor) => roleOf(actor, rules)?.role === 'owner');
  // Only words can be left in a queue.
  const isReview = prompts.some(({ review }) => review !== undefined);
  const offers = input.offers.filter((offer) => offer === 'fork' || (isOwners && !(isReview && offer === 'queue')));
  const ways: readonly HeldWay[] = ['wait', ...offers];
  const code = mintCode(rules.tokenKey, run, 'held' as never, []);
  const held: HeldPhase = {
    ...{ name: 'held', status: 'asked', run, thread, fingerprint, workspace, prompts, ceiling, code, ways, since: at },
  };
  const asked = askWay({ ...state, phase: held }, held, at, rules);
  const text = textsIn(rules.language).heldElsewhere({ title: state.scope.title ?? state.scope.id });
  return { ...asked, inputs: tellElsewhere(state, held, at, 'held', { type: 'told', text }, rules) };
}

/** The run goes on beside others on a shared server. */
export function onRunJoined(state: ScopeState, input: InputOf<'run.joined'>, rules: Rules): Decision {
  const { phase } = state;
  if (phase.name !== 'running' || phase.run !== input.run || phase.stopping !== undefined) return decision(state);
  return decision(state, say({ state, rules, at: input.at }, textsIn(rules.language).joined()));
}

/** The question with its answers as commands and, where there are buttons, as buttons. */
export function askWay(state: ScopeState, held: HeldPhase, at: number, rules: Rules): Decision {
  const texts = textsIn(rules.language);
  const { code, ways } = held;
  const lines = ways.map((way) => `- ${texts.heldWay({ code, way })}`).join('\n');
  const voice = { state, rules, at };
  const answers = () =>
    ways.map((way) => ({
      label: texts.labelWay({ way }),
      token: tokenOf(voice, { type: 'command', name: 'answer', args: `${code} ${way}` }, { run: held }),
    }));
  const question = `${texts.heldQuestion()}\n\n${lines}`;
  return decision(state, say(voice, question, { purpose: 'approval', ...controls(voice, () => ({ actions: answers() })) }));
}
