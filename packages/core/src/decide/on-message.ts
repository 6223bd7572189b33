import type { MessageReceived } from '@threadbridge/contract';
import { parseCommand } from '../commands/parse.ts';
import { type Admission, admit } from '../policy/admit.ts';
import { chatOf } from '../policy/roles.ts';
import { textsIn } from '../texts/texts.ts';
import { inline } from '../texts/visible.ts';
import { accessEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import { giveCommand } from './give-command.ts';
import type { InputOf } from './input.ts';
import { toFetch } from './prompt-files.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { isEarlier } from './settle-restored.ts';
import { takeClaim } from './take-claim.ts';
import { takePrompt } from './take-prompt.ts';
import { toPrompt } from './to-prompt.ts';

/** Somebody wrote: a stranger is told how to ask, a command is carried out, everything else waits for a run. */
export function onMessage(before: ScopeState, input: InputOf<'message.received'>, rules: Rules): Decision {
  const { event, at } = input;
  const admission = admit(event, rules);
  if (!admission.allowed) {
    if (admission.reason === 'silent') return decision(before);
    const tried = admission.reason === 'stranger' ? parseCommand(event.text) : undefined;
    if (tried?.name === 'claim') return takeClaim(before, event, tried.args, at, rules);
    return refuse(before, input, admission, rules);
  }

  const hasChosen = rules.facts.preferences.has(event.actor.id);
  const state: ScopeState = { ...before, scope: event.scope, reply: event.reply, ...(hasChosen && { person: event.actor.id }) };
  // The words of a task are for the agent, whatever they look like.
  const parsed = event.request === undefined ? parseCommand(event.text) : undefined;
  if (parsed !== undefined && isEarlier(event.at, rules))
    return decision(state, say({ state, rules, at }, textsIn(rules.language).restoredCommand({ name: inline(parsed.name) })));
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
  const kept = [...taken.state.pending, ...(taken.state.parked?.prompts ?? [])];
  if (!kept.some((prompt) => prompt.event === event.id)) return taken;
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
