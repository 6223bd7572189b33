import type { CrashOutcome, CrashScenario, CrashWorld } from '@threadbridge/core/testing';

const first = 'tidy up, please';
const second = 'count to a million';

/** A person asks for something, approves it, asks for something else and stops it. */
export function conversation(platform: CrashScenario['platform']): CrashScenario {
  return {
    platform,
    script: (input) =>
      input.prompt === first ? [{ ask: 'rm -r dist' }, { say: 'Tidy now.' }] : [{ say: 'One, two' }, { wait: true }],
    person: createPerson(),
  };
}

/** Somebody who reads and reacts as people do: also to being told that something was lost. */
function createPerson(): CrashScenario['person'] {
  const approved = new Set<string>();
  let since = 0;
  let stage: 'begin' | 'first' | 'second' | 'stopping' | 'done' = 'begin';
  return (world) => {
    const said = world.platform.shown.map((one) => one.message.markdown);
    switch (stage) {
      case 'begin':
        world.platform.say(first);
        stage = 'first';
        return false;
      case 'first': {
        for (const code of said.flatMap((text) => /`\/approve (\w+)` yes/.exec(text)?.[1] ?? [])) {
          if (!approved.has(code)) world.platform.say(`/approve ${code}`);
          approved.add(code);
        }
        if (!reads(world, 'Tidy now.') && !reads(world, 'cut off')) return false;
        since = world.platform.shown.length;
        world.platform.say(second);
        stage = 'second';
        return false;
      }
      case 'second':
        if (!world.agent.turns.some((turn) => turn.prompt === second) && !reads(world, 'no record of this turn', since))
          return false;
        world.platform.say('/stop');
        stage = 'stopping';
        return false;
      case 'stopping':
        if (!['Stopped (“', 'Nothing is running.', 'dropped and not sent'].some((text) => reads(world, text))) return false;
        stage = 'done';
        return true;
      case 'done':
        return true;
    }
  };
}

/** Whether people could read it, in a message from `since` on or in the end of a run. */
function reads(world: CrashWorld, text: string, since = 0): boolean {
  return (
    world.platform.shown.slice(since).some((one) => one.message.markdown.includes(text)) ||
    world.platform.views.some((one) => one.isClosed && JSON.stringify(one.view).includes(text))
  );
}

/** What must be true whenever and however the process died. Answers with complaints. */
export function complaints({ world, leftOpen, audit }: CrashOutcome, options: { readonly isKeyed: boolean }): readonly string[] {
  const found: string[] = [];
  const said = world.platform.shown.map((one) => one.message.markdown);
  const prompts = world.agent.turns.map((turn) => turn.prompt);
  for (const prompt of [first, second]) {
    const times = prompts.filter((one) => one === prompt).length;
    if (times > 1) found.push(`the prompt “${prompt}” was started ${times} times`);
    if (times === 0 && !reads(world, 'no record of this turn')) found.push(`the prompt “${prompt}” was lost without a word`);
  }
  for (const turn of world.agent.turns) {
    const isTold =
      turn.status === 'completed'
        ? reads(world, turn.text) || reads(world, 'may or may not have arrived')
        : reads(world, 'cut off') || reads(world, 'Stopped (“');
    if (!isTold) found.push(`the end of “${turn.prompt}” (${turn.status}) was never told`);
    if (turn.answers.length > 1) found.push(`an approval was answered ${turn.answers.length} times`);
  }
  const keys = world.platform.shown.map((one) => one.key);
  if (options.isKeyed && new Set(keys).size !== keys.length) found.push('a message was shown twice');
  const answers = said.filter((text) => text.startsWith('Tidy now.')).length;
  if (answers > 1) found.push(`the answer was shown ${answers} times`);
  const planned = audit.filter((record) => record.kind === 'run' && record.outcome === 'planned').map(({ detail }) => detail.run);
  if (planned.length < prompts.length) found.push('a run was started without a decision in the audit log');
  if (new Set(planned).size !== planned.length) found.push('the decision about one run is in the audit log twice');
  if (audit.some((record, index) => record.seq !== index + 1)) found.push('the audit log has gaps');
  const open = leftOpen.filter((type) => type !== 'timer');
  if (open.length > 0) found.push(`left open: ${open.join(', ')}`);
  if (world.platform.views.some((view) => !view.isClosed)) found.push('a live view was left running');
  return found;
}
