import { asId, type Scope, scopeId } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { newThread } from '../commands/new.ts';
import { applyFacts, noFacts } from '../decide/facts.ts';
import { onRunProgressed } from '../decide/on-run-progressed.ts';
import type { RunningPhase } from '../decide/phase.ts';
import { initialState } from '../decide/scope-state.ts';
import { owner, progressed, testRules } from '../testing/given.ts';
import { textsIn } from '../texts/texts.ts';
import { boundThread } from './bound-thread.ts';
import { planRun } from './plan-run.ts';

const comment = (id: string, document = 'plan'): Scope => ({
  ...{ id: scopeId(asId('fake'), `doc/docx/${document}/${id}`), channel: asId('fake'), kind: 'comment' },
  parent: scopeId(asId('fake'), `doc/docx/${document}`),
});
const workspace = asId<never>('/work/app');
const plan = (scope: Scope, rules = testRules) => planRun(scope, [owner.id], workspace, rules);

it('FS-8: comments on a document share its thread, under the same policy alone, until one of them begins anew', () => {
  const first = initialState(comment('1'));
  const { fingerprint } = plan(first.scope);
  const asked = { actor: owner.id, text: 'why?', at: 0 } as never;
  const phase = {
    ...{ name: 'running', run: asId('fake:private/run/1'), fingerprint, workspace },
    prompts: [asked],
    approvals: {},
  };
  const running = { ...first, phase: phase as unknown as RunningPhase };
  const started = onRunProgressed(
    running,
    progressed({ type: 'thread.started', thread: asId('t1'), isNew: true }) as never,
    testRules,
  );
  const rules = { ...testRules, facts: applyFacts(noFacts, started.facts) };
  const other = initialState(comment('2'));
  expect(boundThread(other, plan(other.scope).fingerprint, rules)).toMatchObject({ thread: 't1', workspace });
  const elsewhere = initialState(comment('3', 'budget'));
  expect(boundThread(elsewhere, plan(elsewhere.scope).fingerprint, rules)).toBeUndefined();
  const wider = { ...rules, permissions: { ...rules.permissions, network: true } };
  expect(boundThread(other, plan(other.scope, wider).fingerprint, wider)).toBeUndefined();

  const voice = { state: other, rules, at: 1 };
  const anew = newThread.decide({ state: other, texts: textsIn('en'), voice } as never);
  const after = { ...rules, facts: applyFacts(rules.facts, anew.facts) };
  expect(boundThread(first, fingerprint, after)).toBeUndefined();
});
