import type { CrashOutcome, CrashWorld } from '@threadbridge/core/testing';
import { answers, phoneOf, placesOf } from './long-conversation.ts';

const atDesk = ['tidy up', 'count', 'sum', 'forever'];
const onPhone = ['push it', 'again'];
const isLoss = /cut off|did not reach Codex|may or may not have arrived|It is unknown whether/;

/** What must be true of the long conversation, however the process died. */
export function longComplaints(outcome: CrashOutcome): readonly string[] {
  const { world, leftOpen, audit } = outcome;
  const found = [
    ...atDesk.flatMap((prompt) => judgePrompt(world, prompt, atDeskIn(world))),
    ...onPhone.flatMap((prompt) => judgePrompt(world, prompt, onPhoneIn(world))),
    ...judgeSteering(world),
    ...judgeOnce(world),
  ];
  const planned = audit.filter(({ kind, outcome }) => kind === 'run' && outcome === 'planned').map(({ detail }) => detail.run);
  if (new Set(planned).size !== planned.length) found.push('the decision about one run is in the audit log twice');
  if (planned.length < world.agent.turns.length) found.push('a run was started without a decision in the audit log');
  if (world.platform.views.some((view) => !view.isClosed)) found.push('a live view was left running');
  const open = leftOpen.filter((type) => type !== 'timer');
  if (open.length > 0) found.push(`left open: ${open.join(', ')}`);
  return found;
}

/** What is read in the chat at the desk, or on the phone, where notices about it go. */
function atDeskIn(world: CrashWorld): readonly string[] {
  return placesOf(world).flat();
}

function onPhoneIn(world: CrashWorld): readonly string[] {
  return placesOf(world)[1] ?? [];
}

/** A prompt runs once at most; people read its end, or of just this prompt that it was lost or is in doubt. */
function judgePrompt(world: CrashWorld, prompt: string, read: readonly string[]): readonly string[] {
  const turns = world.agent.turns.filter((turn) => turn.prompt.includes(prompt) && turn.status !== 'failed');
  const isToldLost = read.some((text) => isLoss.test(text) && text.includes(`“${prompt}”`));
  const [turn] = turns;
  if (turn === undefined) return isToldLost ? [] : [`“${prompt}” was lost without a word`];
  const found: string[] = [];
  if (turns.length > 1) found.push(`“${prompt}” ran ${turns.length} times`);
  if (turn.answers.length > 1) found.push(`a question of “${prompt}” was answered ${turn.answers.length} times`);
  // Nobody stopped the others.
  const end = turn.status === 'completed' ? turn.text : prompt === 'forever' ? 'Stopped (“forever”).' : undefined;
  const isToldEnd = end !== undefined && read.some((text) => text.includes(end));
  if (!isToldEnd && (turn.status === 'completed' || !isToldLost))
    found.push(`the end of “${prompt}” (${turn.status}) was never told`);
  return found;
}

/** Steering words get into a run, make one of their own, or people read of just these words that nobody knows. */
function judgeSteering(world: CrashWorld): readonly string[] {
  const isSaid = world.platform.feed.some((event) => event.type === 'message.received' && event.text === '/steer faster');
  const isTaken = world.agent.turns.some(({ prompt, steers }) => steers.includes('faster') || prompt.includes('faster'));
  const isTold = atDeskIn(world).some(
    (text) => /Nothing is running/.test(text) || (isLoss.test(text) && text.includes('“faster”')),
  );
  return !isSaid || isTaken || isTold ? [] : ['the steering words were lost without a word'];
}

function judgeOnce(world: CrashWorld): readonly string[] {
  const found: string[] = [];
  const keys = world.platform.shown.map(({ key }) => key);
  if (new Set(keys).size !== keys.length) found.push('a message was shown twice where keys are known');
  for (const platform of [world.platform, phoneOf(world)])
    for (const answer of Object.values(answers)) {
      const times = platform.shown.filter(({ message }) => message.markdown.startsWith(answer)).length;
      if (times > 1) found.push(`“${answer}” was said ${times} times`);
    }
  if (world.platform.shown.filter(({ message }) => message.files !== undefined).length > 1) found.push('the file was sent twice');
  return found;
}
