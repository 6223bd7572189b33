import type { FileChange, ItemId, RunEvent, RunItem, TokenCount, Usage } from '@threadbridge/contract';
import type { ServerNotifications } from '../app-server/protocol.gen.ts';
import { isObject, seen, words } from '../convert/seen.ts';
import { toFinalText } from '../convert/to-final-text.ts';
import { toRunEvent, toTokenCount } from '../convert/to-run-event.ts';
import { toFileChanges, toRunItem } from '../convert/to-run-item.ts';

/** What one turn has told so far. */
export interface TurnLog {
  /** The events of one more notification, in order. */
  take(method: string, params: unknown): readonly RunEvent[];
  /** Keeps the files an item is to change; for items of a sub-agent, whose news is not told. */
  note(method: string, params: unknown): void;
  /** The final answer among what was completed. */
  text(): string;
  usage(): Usage | undefined;
  changesOf(item: ItemId): readonly FileChange[];
  /** A command or tool is at work: silence of the model is no wonder. */
  isWorking(): boolean;
  /** These items will not complete: they were never allowed to run. */
  forget(items: readonly ItemId[]): void;
  /** A command has begun and not yet ended. */
  hasOpenCommand(): boolean;
}

export function createTurnLog(): TurnLog {
  const open = new Map<ItemId, RunItem>();
  const messages: RunItem[] = [];
  const changes = new Map<ItemId, readonly FileChange[]>();
  let usage: Usage | undefined;

  /** Streamed items that never completed are void once the model begins again. */
  const dropDrafts = (types: readonly RunItem['type'][]): readonly RunEvent[] => {
    const drafts = [...open.values()].filter((item) => types.includes(item.type));
    for (const draft of drafts) open.delete(draft.id);
    return drafts.map((draft) => ({ type: 'item.dropped', item: draft.id }));
  };

  const note = (method: string, params: unknown) => {
    const name = method as keyof ServerNotifications;
    if (name === 'item/fileChange/patchUpdated') {
      const patch = seen<ServerNotifications[typeof name]>(params);
      changes.set(words(patch.itemId) as ItemId, toFileChanges(patch.changes));
    } else if (name === 'item/started' || name === 'item/completed') {
      const item = toRunItem(seen<ServerNotifications[typeof name]>(params).item, 'inProgress');
      if (item.type === 'file.change') changes.set(item.id, item.changes);
    }
  };

  const taken = (event: RunEvent): readonly RunEvent[] => {
    switch (event.type) {
      case 'item.started': {
        // A steer cuts the answer off: the message that was being written never completes, and the next one takes its place.
        const dropped = event.item.type === 'agent.message' ? dropDrafts(['agent.message']) : [];
        open.set(event.item.id, event.item);
        return [...dropped, event];
      }
      case 'item.completed':
        open.delete(event.item.id);
        if (event.item.type === 'agent.message') messages.push(event.item);
        return [event];
      case 'usage.updated':
        usage = event.usage;
        return [event];
      case 'turn.retrying':
        return [...dropDrafts(['agent.message', 'reasoning', 'plan']), event];
      default:
        return [event];
    }
  };

  return {
    take(method, params) {
      note(method, params);
      const event = toEarlyUsage(method, params, usage) ?? toRunEvent(method, params);
      return event === undefined ? [] : taken(event);
    },
    note,
    text: () => toFinalText(messages),
    usage: () => usage,
    changesOf: (item) => changes.get(item) ?? [],
    forget(items) {
      for (const item of items) open.delete(item);
    },
    hasOpenCommand: () => [...open.values()].some((item) => item.type === 'command'),
    isWorking: () => [...open.values()].some((item) => workers.has(item.type)),
  };
}

const workers: ReadonlySet<RunItem['type']> = new Set(['command', 'tool.call', 'file.change', 'web.search', 'other']);

/** The end of one model answer, told on threads that asked for it. `thread/tokenUsage/updated` repeats the same sum after the tools. */
function toEarlyUsage(method: string, params: unknown, before: Usage | undefined): RunEvent | undefined {
  if ((method as keyof ServerNotifications) !== 'rawResponse/completed') return undefined;
  const answer = seen<ServerNotifications['rawResponse/completed']>(params);
  if (!isObject(answer.usage)) return undefined;
  const last = toTokenCount(answer.usage);
  return { type: 'usage.updated', usage: { ...before, total: before === undefined ? last : sum(before.total, last), last } };
}

function sum(one: TokenCount, other: TokenCount): TokenCount {
  return {
    input: one.input + other.input,
    cachedInput: one.cachedInput + other.cachedInput,
    output: one.output + other.output,
    reasoning: one.reasoning + other.reasoning,
  };
}
