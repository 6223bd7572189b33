import type { RunId, WorkspacePath } from '@threadbridge/contract';
import { planRun, type RunPlan } from '../policy/plan-run.ts';
import { runLimits } from '../policy/run-limits.ts';
import { bridgeInstructions, buildPrompt } from '../prompt/build-prompt.ts';
import { textsIn } from '../texts/texts.ts';
import { actorsOf } from './actors-of.ts';
import type { AuditEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import { nextBatch, threadOf, workspaceOf } from './next-batch.ts';
import type { Prompt } from './prompt.ts';
import { isFetching, isPicture, takenFiles } from './prompt-files.ts';
import { requestOf } from './request-of.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Begins the way to a run for what waits: first the workspace is looked at, since links and rules may have changed. */
export function prepareRun(state: ScopeState, at: number, rules: Rules): Decision {
  if (state.pending.length === 0) return decision({ ...state, phase: { name: 'idle' } });
  const batch = nextBatch(state.pending);
  if (batch.some(isFetching)) return decision({ ...state, phase: { name: 'fetching' } });
  const path = workspaceOf(state, batch, rules);
  if (path === undefined) return dropBatch(state, textsIn(rules.language).noWorkspace(), at, rules);
  return decision({ ...state, phase: { name: 'preparing' } }, [{ type: 'workspace.resolve', path, purpose: { type: 'run' } }]);
}

/** The next words cannot run: people are told why, and those after them have their turn. */
export function dropBatch(state: ScopeState, why: string, at: number, rules: Rules): Decision {
  const pending = state.pending.slice(nextBatch(state.pending).length);
  const next = prepareRun({ ...state, pending }, at, rules);
  return { ...next, effects: [...say({ state, rules, at }, why), ...next.effects] };
}

/** Turns the next of what waits into one run in a checked workspace. */
export function startRun(state: ScopeState, workspace: WorkspacePath, at: number, rules: Rules): Decision {
  const prompts = nextBatch(state.pending);
  const request = requestOf(prompts);
  const plan = planRun(state.scope, actorsOf(prompts), workspace, rules, request);
  const run = `${state.scope.id}/run/${state.runs + 1}` as RunId;
  const thread = threadOf(state, prompts, workspace, rules);
  const pictures = takenFiles(prompts).filter(isPicture);
  const { effort, config } = rules.codex;
  const review = prompts[0]?.review;
  const model = request.model ?? state.model ?? rules.codex.model;
  const hasLive = rules.channels.get(state.scope.channel)?.hasLive === true;
  const isVerbose = !hasLive && (state.verbosity ?? rules.runs.verbosity) === 'verbose';
  const next: ScopeState = {
    ...state,
    runs: state.runs + 1,
    pending: state.pending.slice(prompts.length),
    phase: {
      name: 'running',
      run,
      fingerprint: plan.fingerprint,
      workspace,
      prompts,
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
        language: rules.language,
        ...(review && { review }),
        ...(isVerbose && { isVerbose }),
        input: {
          prompt: buildPrompt(prompts, state.scope, rules.tokenKey),
          ...(pictures.length > 0 && { images: pictures.map(({ path }) => path) }),
          workspace,
          ...(thread !== undefined && { thread }),
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
    { audit: [planEntry(state, prompts, plan, run, at)] },
  );
}

/** The policy decision that each run is made under. */
function planEntry({ scope }: ScopeState, [first]: readonly Prompt[], plan: RunPlan, run: RunId, at: number): AuditEntry {
  const { access, sandbox, network, approvals, workspace, fingerprint, because } = plan;
  const { actor, target, review } = first ?? {};
  const sent = { ...(target && { alias: target.alias, thread: target.thread }), ...(review && { review: review.type }) };
  const detail = { run, access, sandbox, network, approvals, workspace, fingerprint, because, ...sent };
  return { at, kind: 'run', scope: scope.id, ...(actor && { actor }), outcome: 'planned', detail };
}
