import { asId, type ItemId, type PlanStep, type RunEvent, type TokenCount, type Usage } from '@threadbridge/contract';
import type {
  ServerNotifications,
  ThreadTokenUsage,
  TokenUsageBreakdown,
  TurnError,
  TurnPlanStep,
} from '../app-server/protocol.gen.ts';
import { count, list, maybe, seen, text, words } from './seen.ts';
import { toRunItem } from './to-run-item.ts';

/** What a notification tells the watcher of a run; undefined for those that tell nothing, and for unknown ones. The end of a turn is not told here. */
export function toRunEvent(method: string, params: unknown): RunEvent | undefined {
  const name = method as keyof ServerNotifications;
  switch (name) {
    case 'item/started':
      return { type: 'item.started', item: toRunItem(seen<ServerNotifications[typeof name]>(params).item, 'inProgress') };
    case 'item/completed':
      return { type: 'item.completed', item: toRunItem(seen<ServerNotifications[typeof name]>(params).item, 'completed') };
    case 'item/agentMessage/delta':
      return { type: 'text.delta', ...toDelta(params) };
    case 'item/reasoning/summaryTextDelta':
      return {
        type: 'reasoning.delta',
        ...toDelta(params),
        ...maybe('part', count(seen<ServerNotifications[typeof name]>(params).summaryIndex)),
      };
    case 'item/commandExecution/outputDelta':
      return { type: 'output.delta', ...toDelta(params) };
    case 'turn/plan/updated': {
      const plan = seen<ServerNotifications[typeof name]>(params);
      return { type: 'plan.updated', steps: list(plan.plan).map(toPlanStep), ...maybe('explanation', text(plan.explanation)) };
    }
    case 'turn/diff/updated':
      return { type: 'diff.updated', diff: words(seen<ServerNotifications[typeof name]>(params).diff) };
    case 'thread/tokenUsage/updated':
      return { type: 'usage.updated', usage: toUsage(seen<ServerNotifications[typeof name]>(params).tokenUsage) };
    case 'error': {
      const failure = seen<ServerNotifications[typeof name]>(params);
      if (failure.willRetry !== true) return undefined;
      return { type: 'turn.retrying', message: words(seen<TurnError>(failure.error).message) };
    }
    case 'warning':
      return { type: 'warning', message: words(seen<ServerNotifications[typeof name]>(params).message) };
    case 'model/rerouted': {
      const change = seen<ServerNotifications[typeof name]>(params);
      return { type: 'warning', message: `The model was changed from ${words(change.fromModel)} to ${words(change.toModel)}.` };
    }
    case 'mcpServer/startupStatus/updated': {
      const server = seen<ServerNotifications[typeof name]>(params);
      if (server.status !== 'failed') return undefined;
      return {
        type: 'warning',
        message: `The MCP server ${words(server.name)} did not start: ${text(server.error) ?? 'no reason given'}`,
      };
    }
    default:
      return undefined;
  }
}

export function toUsage(value: unknown): Usage {
  const usage = seen<ThreadTokenUsage>(value);
  return {
    total: toTokenCount(usage.total),
    last: toTokenCount(usage.last),
    ...maybe('contextWindow', count(usage.modelContextWindow)),
  };
}

export function toTokenCount(value: unknown): TokenCount {
  const tokens = seen<TokenUsageBreakdown>(value);
  return {
    input: count(tokens.inputTokens) ?? 0,
    cachedInput: count(tokens.cachedInputTokens) ?? 0,
    output: count(tokens.outputTokens) ?? 0,
    reasoning: count(tokens.reasoningOutputTokens) ?? 0,
  };
}

function toDelta(params: unknown): { readonly item: ItemId; readonly delta: string } {
  const { itemId, delta } = seen<ServerNotifications['item/agentMessage/delta']>(params);
  return { item: asId(words(itemId)), delta: words(delta) };
}

function toPlanStep(value: unknown): PlanStep {
  const { step, status } = seen<TurnPlanStep>(value);
  return { step: words(step), status: status === 'inProgress' || status === 'completed' ? status : 'pending' };
}
