import type { ThreadId } from '@threadbridge/contract';
import { planRun } from '../policy/plan-run.ts';
import { textsIn } from '../texts/texts.ts';
import { configEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import { lookBeforeRun } from './look-before-run.ts';
import { nextBatch, workspaceOf } from './next-batch.ts';
import { isFetching } from './prompt-files.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { dropBatch, prepareRun } from './start-run.ts';

/** The disk answered what a path really is and whether runs may work there. */
export function onWorkspaceResolved(state: ScopeState, input: InputOf<'workspace.resolved'>, rules: Rules): Decision {
  const { purpose, result, at } = input;
  const texts = textsIn(rules.language);
  switch (purpose.type) {
    case 'run': {
      if (state.phase.name !== 'preparing') return decision(state);
      const batch = nextBatch(state.pending);
      const [first] = batch;
      // Messages may have come or gone meanwhile, and the place may be another one.
      const isChanged = first === undefined || input.asked !== workspaceOf(state, batch, rules);
      if (isChanged || (result.allowed && batch.some(isFetching))) return prepareRun(state, at, rules);
      if (result.allowed) return lookBeforeRun(state, { asked: input.asked, workspace: result.path }, at, rules);
      const { reason } = result;
      const why = first.target ? texts.aliasRefused({ name: first.target.alias, reason }) : texts.workspaceRefused({ reason });
      return dropBatch(state, why, at, rules);
    }
    case 'alias.use': {
      const alias = rules.facts.aliases.get(purpose.name);
      const voice = { state, rules, at };
      if (alias === undefined) return decision(state, say(voice, texts.aliasUnknown({ name: purpose.name })));
      if (!result.allowed) return decision(state, say(voice, texts.aliasRefused({ name: purpose.name, reason: result.reason })));
      const { fingerprint } = planRun(state.scope, [purpose.by], result.path, rules);
      const next: ScopeState = {
        ...state,
        workspace: result.path,
        alias: purpose.name,
        bindings: { ...state.bindings, [fingerprint]: { thread: purpose.thread as ThreadId, workspace: result.path } },
      };
      return decision(
        next,
        say({ ...voice, state: next }, texts.aliasUsed({ name: purpose.name, title: alias.title, cwd: result.path })),
      );
    }
    case 'thread.use': {
      const voice = { state, rules, at };
      if (!result.allowed) return decision(state, say(voice, texts.threadRefused({ reason: result.reason })));
      const { fingerprint } = planRun(state.scope, [purpose.by], result.path, rules);
      const { alias: _alias, ...rest } = state;
      const binding = { thread: purpose.thread as ThreadId, workspace: result.path };
      const next: ScopeState = { ...rest, workspace: result.path, bindings: { ...state.bindings, [fingerprint]: binding } };
      return decision(next, say({ ...voice, state: next }, texts.threadUsed({ title: purpose.title, cwd: result.path })));
    }
    case 'workspace.use': {
      const voice = { state, rules, at };
      if (!result.allowed) return decision(state, say(voice, texts.workspaceNotUsed({ reason: result.reason })));
      const { alias: _alias, ...rest } = state;
      const next: ScopeState = { ...rest, workspace: result.path };
      return decision(next, say({ ...voice, state: next }, texts.workspaceUsed({ path: result.path })), {
        audit: [configEntry(state.scope, purpose.by, at, 'workspace changed', { workspace: result.path })],
      });
    }
  }
}
