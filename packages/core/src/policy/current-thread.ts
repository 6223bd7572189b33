import type { ActorId, Fingerprint, ThreadId, WorkspacePath } from '@threadbridge/contract';
import type { Rules } from '../decide/rules.ts';
import type { ScopeState } from '../decide/scope-state.ts';
import { boundThread } from './bound-thread.ts';
import { planRun } from './plan-run.ts';

/** The thread that this person's next message here would go to, under which fingerprint. Undefined: a new one, or no workspace. */
export function currentThread(
  state: ScopeState,
  actor: ActorId,
  rules: Rules,
): { readonly thread?: ThreadId; readonly fingerprint: Fingerprint; readonly workspace: WorkspacePath } | undefined {
  const path = state.workspace ?? rules.workspaces.default;
  if (path === undefined) return undefined;
  const workspace = path as WorkspacePath;
  const { fingerprint } = planRun(state.scope, [actor], workspace, rules);
  const { phase } = state;
  const isOwn = phase.name === 'running' && phase.fingerprint === fingerprint && phase.prompts[0]?.target === undefined;
  const running = isOwn ? phase.thread : undefined;
  const thread = running ?? boundThread(state, fingerprint, rules)?.thread;
  return { fingerprint, workspace, ...(thread !== undefined && { thread }) };
}
