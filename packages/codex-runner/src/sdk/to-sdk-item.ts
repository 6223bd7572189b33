import type { ThreadItem } from '@openai/codex-sdk';
import { asId, type FileChange, type ItemId, type ItemStatus, type RunItem } from '@threadbridge/contract';
import { count, json, list, maybe, seen, text, words } from '../convert/seen.ts';
import { toCommandText } from '../convert/to-run-item.ts';

type ItemOf<Type extends ThreadItem['type']> = Extract<ThreadItem, { readonly type: Type }>;

/** An item of the SDK in our words. It tells no diffs and no phases. `fallback` stands for a status that cannot be read. */
export function toSdkItem(value: unknown, fallback: ItemStatus): RunItem {
  const item = seen<ThreadItem>(value);
  const id = asId<ItemId>(words(item.id));
  const type = text(item.type) as ThreadItem['type'] | undefined;
  switch (type) {
    case 'agent_message':
      return { type: 'agent.message', id, text: words(seen<ItemOf<typeof type>>(value).text), phase: 'unknown' };
    case 'reasoning':
      return { type: 'reasoning', id, summary: [words(seen<ItemOf<typeof type>>(value).text)] };
    case 'command_execution': {
      const command = seen<ItemOf<typeof type>>(value);
      const status = toStatus(command.status, fallback);
      return {
        type: 'command',
        id,
        command: toCommandText(command.command),
        status,
        ...(status !== 'inProgress' && maybe('output', text(command.aggregated_output))),
        ...maybe('exitCode', count(command.exit_code)),
      };
    }
    case 'file_change': {
      const change = seen<ItemOf<typeof type>>(value);
      return { type: 'file.change', id, changes: list(change.changes).map(toChange), status: toStatus(change.status, fallback) };
    }
    case 'mcp_tool_call': {
      const call = seen<ItemOf<typeof type>>(value);
      return {
        type: 'tool.call',
        id,
        server: words(call.server),
        tool: words(call.tool),
        arguments: json(call.arguments),
        status: toStatus(call.status, fallback),
        ...maybe('error', text(seen<{ message: string }>(call.error).message)),
      };
    }
    case 'web_search':
      return { type: 'web.search', id, query: words(seen<ItemOf<typeof type>>(value).query) };
    default:
      return { type: 'other', id, name: type ?? 'unknown' };
  }
}

function toChange(value: unknown): FileChange {
  const { path, kind } = seen<{ path: string; kind: string }>(value);
  return { path: words(path), kind: kind === 'add' || kind === 'delete' ? kind : 'update', diff: '' };
}

function toStatus(status: unknown, fallback: ItemStatus): ItemStatus {
  if (status === 'in_progress') return 'inProgress';
  return status === 'completed' || status === 'failed' || status === 'declined' ? status : fallback;
}
