import { type Actor, actorId, asId, type EventId, type RunRequest, type Scope } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import {
  message,
  openApproval,
  owner,
  privateScope,
  progressed,
  resolved,
  stranger,
  taskScope,
  testRules,
} from '../testing/given.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { EffectOf } from './effect.ts';
import type { Input } from './input.ts';
import type { Rules } from './rules.ts';
import { initialState, type ScopeState } from './scope-state.ts';

const program: Actor = { id: actorId(asId('task'), 'program') };
const rules: Rules = {
  ...testRules,
  runs: { ...testRules.runs, quietWindowMs: 0 },
  access: { ...testRules.access, users: [program.id] },
  programs: { actors: [program.id], mayApprove: false },
};
const says = ({ effects }: Decision) => effects.flatMap((effect) => (effect.type === 'deliver' ? effect.message.markdown : []));

/** The words of a program, with what it asks for. */
function wish(text: string, request: RunRequest): Input {
  const input = message(text, { by: program, scope: taskScope });
  return input.type === 'message.received' ? { ...input, event: { ...input.event, request } } : input;
}

/** A task up to its run. */
function started(request: RunRequest, with_: Rules = rules): { readonly state: ScopeState; readonly run: EffectOf<'run.start'> } {
  const first = decide(initialState(taskScope), wish('/stop the world', request), with_);
  const [look] = first.effects;
  expect(look).toMatchObject({ type: 'workspace.resolve', path: request.cwd ?? testRules.workspaces.default });
  const second = decide(first.state, { ...resolved(), asked: request.cwd ?? '/work/app', scope: taskScope } as Input, with_);
  const run = second.effects.find((effect) => effect.type === 'run.start');
  if (run?.type !== 'run.start') throw new Error('There is no run.');
  return { state: second.state, run };
}

describe('what a task asks for', () => {
  it('is words for the agent, in the directory and of the model it names, read-only and asking as it says', () => {
    const { run } = started({ cwd: '/work/other', model: 'gpt-x', sandbox: 'read-only', approvals: 'untrusted' });
    expect(run.input.prompt).toContain('/stop the world');
    expect(run.input).toMatchObject({ model: 'gpt-x', sandbox: 'read-only', approvals: 'untrusted' });
    expect(run.input.denyRead).toEqual(testRules.secretPaths);
  });

  it('is never more than the profile allows', () => {
    expect(started({ sandbox: 'workspace-write' }).run.input.sandbox).toBe('workspace-write');
    const careful = { ...rules, permissions: { ...rules.permissions, maxAccess: 'read-only' as const } };
    expect(started({ sandbox: 'workspace-write' }, careful).run.input.sandbox).toBe('read-only');
    const bold = { ...rules, permissions: { ...rules.permissions, defaultAccess: 'full' as const, maxAccess: 'full' as const } };
    expect(started({ sandbox: 'workspace-write' }, bold).run.input.sandbox).toBe('workspace-write');
  });

  it('is refused to programs that the profile does not know', () => {
    const { effects, audit } = decide(initialState(taskScope), wish('hello', {}), testRules);
    expect(effects.map(({ type }) => type)).toEqual(['deliver']);
    expect(audit).toMatchObject([{ kind: 'access', outcome: 'refused' }]);
  });
});

describe('a question of a task', () => {
  const ask = (state: ScopeState, with_: Rules = rules) => {
    const run = state.phase.name === 'running' ? state.phase.run : undefined;
    const input = progressed({ type: 'approval.requested', approval: openApproval('a1').approval }, run);
    return decide(state, { ...input, scope: taskScope }, with_);
  };
  const say = (state: ScopeState, text: string, by: Actor, scope: Scope, with_: Rules = rules, n = 1) => {
    const input = message(text, { by, scope });
    if (input.type !== 'message.received') throw new Error('No message.');
    return decide(state, { ...input, event: { ...input.event, id: asId<EventId>(`e${n}`) } }, with_);
  };
  const codeIn = (text: string | undefined) => /\/approve (\w+)/.exec(text ?? '')?.[1] ?? '';

  it('is not answered by a program, unless the profile lets it', () => {
    const asked = ask(started({}).state);
    const code = codeIn(says(asked)[0]);
    const refused = say(asked.state, `/approve ${code}`, program, taskScope);
    expect(refused.effects.map(({ type }) => type)).toEqual(['deliver']);
    expect(refused.audit).toMatchObject([{ kind: 'access' }, { kind: 'approval', outcome: 'refused', actor: program.id }]);
    const lenient = { ...rules, programs: { actors: [program.id], mayApprove: true } };
    expect(say(asked.state, `/approve ${code}`, program, taskScope, lenient).effects[0]).toMatchObject({
      type: 'approval.answer',
    });
  });

  it('is put to the chat that is told of it, answered there, and the end is told there, once', () => {
    const asked = ask(started({ notify: [privateScope] }).state);
    expect(asked.inputs).toMatchObject([{ type: 'notice.posted', scope: privateScope, from: taskScope }]);
    const shown = decide(initialState(privateScope), asked.inputs[0] as Input, rules);
    expect(says(shown)[0]).toMatch(/The task “Tidy up” asks:[\s\S]*rm -r dist/);
    const code = codeIn(says(shown)[0]);

    const passed = say(shown.state, `/approve ${code}`, owner, privateScope);
    expect([passed.effects, passed.inputs]).toMatchObject([[], [{ type: 'approval.answered', scope: taskScope, by: owner }]]);
    const answered = decide(asked.state, passed.inputs[0] as Input, rules);
    expect(answered.effects[0]).toMatchObject({ type: 'approval.answer', answer: { decision: 'accept' } });
    const closed = decide(passed.state, answered.inputs[0] as Input, rules);
    expect(says(closed)).toEqual([`\`${code}\` approved by you.`]);
    expect(closed.state.elsewhere).toBeUndefined();

    const run = answered.state.phase.name === 'running' ? answered.state.phase.run : undefined;
    const end = progressed({ type: 'turn.completed', turn: asId('t'), text: 'All tidy.' }, run);
    const ended = decide(answered.state, { ...end, scope: taskScope }, rules);
    expect(ended.inputs).toHaveLength(1);
    expect(says(decide(closed.state, ended.inputs[0] as Input, rules))[0]).toMatch(/“Tidy up” is done[\s\S]*All tidy\./);
  });

  it('answered in a chat by somebody who may not, or too late: they are told there', () => {
    const asked = ask(started({ notify: [privateScope] }).state);
    const shown = decide(initialState(privateScope), asked.inputs[0] as Input, rules);
    const code = codeIn(says(shown)[0]);
    const trusted = { ...rules, access: { ...rules.access, users: [...rules.access.users, stranger.id] } };
    const passed = say(shown.state, `/deny ${code}`, stranger, privateScope, trusted);
    const refused = decide(asked.state, passed.inputs[0] as Input, trusted);
    expect(refused.effects.map(({ type }) => type)).toEqual(['deliver']);
    expect(says(decide(passed.state, refused.inputs[0] as Input, trusted))).toEqual(['This request is not yours to answer.']);

    const late = say(shown.state, `/approve ${code}`, owner, privateScope);
    const idle = decide({ ...asked.state, phase: { name: 'idle' } }, late.inputs[0] as Input, rules);
    expect(says(decide(late.state, idle.inputs[0] as Input, rules))).toHaveLength(1);
  });

  it('is told in no group, whatever the request names', () => {
    expect(ask(started({ notify: [{ ...privateScope, kind: 'group' }] }).state).inputs).toEqual([]);
  });
});
