import type { RunId, WorkspacePath } from '@threadbridge/contract';
import { boundThread } from '../policy/bound-thread.ts';
import { planRun, type RunPlan } from '../policy/plan-run.ts';
import { runLimits } from '../policy/run-limits.ts';
import { bridgeInstructions, buildPrompt } from '../prompt/build-prompt.ts';
import { textsIn } from '../texts/texts.ts';
import { actorsOf } from './actors-of.ts';
import type { AuditEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import { isFetching, isPicture, takenFiles } from './prompt-files.ts';
import { requestOf } from './request-of.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Begins the way to a run for what waits: first the workspace is looked at, since links and rules may have changed. */
export function prepareRun(state: ScopeState, at: number, rules: Rules): Decision {
  if (state.pending.length === 0) return decision({ ...state, phase: { name: 'idle' } });
  if (state.pending.some(isFetching)) return decision({ ...state, phase: { name: 'fetching' } });
  const path = requestOf(state.pending).cwd ?? state.workspace ?? rules.workspaces.default;
  if (path === undefined) {
    const idle: ScopeState = { ...state, phase: { name: 'idle' }, pending: [] };
    return decision(idle, say({ state: idle, rules, at }, textsIn(rules.language).noWorkspace()));
  }
  return decision({ ...state, phase: { name: 'preparing' } }, [{ type: 'workspace.resolve', path, purpose: { type: 'run' } }]);
}

/** Turns everything that waits into one run in a checked workspace. */
export function startRun(state: ScopeState, workspace: WorkspacePath, at: number, rules: Rules): Decision {
  const request = requestOf(state.pending);
  const plan = planRun(state.scope, actorsOf(state.pending), workspace, rules, request);
  const run = `${state.scope.id}/run/${state.runs + 1}` as RunId;
  const binding = boundThread(state, plan.fingerprint, rules);
  const pictures = takenFiles(state.pending).filter(isPicture);
  const { effort, config } = rules.codex;
  const model = request.model ?? state.model ?? rules.codex.model;
  const next: ScopeState = {
    ...state,
    runs: state.runs + 1,
    pending: [],
    phase: {
      name: 'running',
      run,
      fingerprint: plan.fingerprint,
      workspace,
      prompts: state.pending,
      startedAt: at,
      approvals: {},
    },
  };
  return decision(
    next,
    [
      {
        type: 'run.start',
        run,
        reply: state.reply,
        input: {
          prompt: buildPrompt(state.pending, state.scope, rules.tokenKey),
          ...(pictures.length > 0 && { images: pictures.map(({ path }) => path) }),
          workspace,
          ...(binding && { thread: binding.thread }),
          sandbox: plan.sandbox,
          network: plan.network,
          approvals: plan.approvals,
          ...(plan.denyRead.length > 0 && {
            denyRead: plan.denyRead,
            ...(state.folder !== undefined && { allowRead: [state.folder] }),
          }),
          instructions: bridgeInstructions,
          ...(model !== undefined && { model }),
          ...(effort !== undefined && { effort }),
          ...(config !== undefined && { config }),
          ...(plan.variables && { variables: plan.variables }),
        },
        ...runLimits(state, rules),
      },
    ],
    { audit: [planEntry(state, plan, run, at)] },
  );
}

/** The policy decision that each run is made under. */
function planEntry(state: ScopeState, plan: RunPlan, run: RunId, at: number): AuditEntry {
  const { access, sandbox, network, approvals, workspace, fingerprint, because } = plan;
  const detail = { run, access, sandbox, network, approvals, workspace, fingerprint, because };
  const actor = state.pending[0]?.actor;
  return { at, kind: 'run', scope: state.scope.id, ...(actor && { actor }), outcome: 'planned', detail };
}
