import type { MessageReceived } from '@threadbridge/contract';
import { parseCommand } from '../commands/parse.ts';
import { type Admission, admit } from '../policy/admit.ts';
import { chatOf } from '../policy/roles.ts';
import { textsIn } from '../texts/texts.ts';
import { accessEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import { giveCommand } from './give-command.ts';
import type { InputOf } from './input.ts';
import { toFetch } from './prompt-files.ts';
import type { Rules } from './rules.ts';
import type { Prompt, ScopeState } from './scope-state.ts';
import { prepareRun } from './start-run.ts';
import { toPrompt } from './to-prompt.ts';

/** Somebody wrote: a stranger is told how to ask, a command is carried out, everything else waits for a run. */
export function onMessage(before: ScopeState, input: InputOf<'message.received'>, rules: Rules): Decision {
  const { event, at } = input;
  const admission = admit(event, rules);
  if (!admission.allowed) return admission.reason === 'silent' ? decision(before) : refuse(before, input, admission, rules);

  const state: ScopeState = { ...before, scope: event.scope, reply: event.reply };
  // The words of a task are for the agent, whatever they look like.
  const parsed = event.request === undefined ? parseCommand(event.text) : undefined;
  if (parsed !== undefined) return giveCommand(state, { ...parsed, event, admission, at }, rules);
  return takeMessage(state, event, at, rules);
}

/** What a model is given to read of one message at most, in characters. Whoever has more to say sends it as a file. */
const maxTextLength = 200_000;

/** Words and files wait for a run; the files are fetched meanwhile. */
function takeMessage(state: ScopeState, event: MessageReceived, at: number, rules: Rules): Decision {
  const words = toPrompt(event);
  const wanted = toFetch(event);
  if (words.text === '' && wanted.length === 0) return decision(state);
  if (words.text.length > maxTextLength) {
    const told = textsIn(rules.language).messageTooLong({ length: words.text.length, max: maxTextLength });
    return decision(state, say({ state, rules, at }, told));
  }
  if (wanted.length === 0) return takePrompt(state, words, at, rules);
  const taken = takePrompt(state, { ...words, files: { state: 'fetching' } }, at, rules);
  // There may have been no room for it.
  if (!taken.state.pending.some((prompt) => prompt.event === event.id)) return taken;
  return { ...taken, effects: [...taken.effects, { type: 'attachments.fetch', event: event.id, attachments: wanted }] };
}

/** Tells somebody who is not let in how to ask for it, and keeps a line about it. In a group the owner's way is named. */
function refuse(
  before: ScopeState,
  input: InputOf<'message.received'>,
  admission: Extract<Admission, { readonly allowed: false }>,
  rules: Rules,
): Decision {
  const { event, at } = input;
  const texts = textsIn(rules.language);
  const voice = { state: before, rules, at, reply: event.reply };
  const told =
    admission.reason === 'group'
      ? texts.groupRefused({ group: chatOf(event.scope) })
      : texts.strangerRefused({ actor: event.actor.id });
  return decision(before, say(voice, told), { audit: [accessEntry(event, at, 'refused', admission.because)] });
}

function takePrompt(before: ScopeState, prompt: Prompt, at: number, rules: Rules): Decision {
  const { phase } = before;
  const isSteered =
    phase.name === 'running' && rules.runs.duringRun === 'steer' && phase.stopping === undefined && prompt.files === undefined;
  if (before.pending.length >= rules.runs.maxPending && !isSteered)
    return decision(
      before,
      say({ state: before, rules, at }, textsIn(rules.language).pendingFull({ count: before.pending.length })),
    );
  const state: ScopeState = { ...before, pending: [...before.pending, prompt] };
  switch (state.phase.name) {
    case 'idle':
    case 'collecting':
    case 'fetching':
      return rules.runs.quietWindowMs === 0 ? prepareRun(state, at, rules) : collect(state, at, rules);
    case 'preparing':
      return decision(state);
    case 'held':
      return decision(state, say({ state, rules, at }, textsIn(rules.language).waitingHeld({ count: state.pending.length })));
    case 'running': {
      if (isSteered) return decision(before, [{ type: 'run.steer', run: state.phase.run, prompt }]);
      return decision(state, say({ state, rules, at }, textsIn(rules.language).waiting({ count: state.pending.length })));
    }
  }
}

/** (Re)opens the quiet window; the reminder of an earlier one will find another round and do nothing. */
function collect(state: ScopeState, at: number, rules: Rules): Decision {
  const round = state.rounds + 1;
  return decision({ ...state, rounds: round, phase: { name: 'collecting', round } }, [
    { type: 'timer', at: at + rules.runs.quietWindowMs, timer: { name: 'quiet', round } },
  ]);
}
