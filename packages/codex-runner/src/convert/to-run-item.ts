import { asId, type FileChange, type ItemId, type ItemStatus, type RunItem } from '@threadbridge/contract';
import type { FileUpdateChange, PatchChangeKind, ThreadItem, UserInput } from '../app-server/protocol.gen.ts';
import { count, json, list, maybe, seen, text, texts, words } from './seen.ts';
import { toPlainCommand } from './to-plain-command.ts';

/** An item of Codex in our words; one that is not known becomes `other`. `fallback` stands for a status that cannot be read. */
export function toRunItem(value: unknown, fallback: ItemStatus): RunItem {
  const item = seen<ThreadItem>(value);
  const id = asId<ItemId>(words(item.id));
  const type = text(item.type) as ThreadItem['type'] | undefined;
  switch (type) {
    case 'userMessage':
      return { type: 'user.message', id, text: toInputText(item.content), ...maybe('clientKey', text(item.clientId)) };
    case 'agentMessage':
      return { type: 'agent.message', id, text: words(item.text), phase: toPhase(item.phase) };
    case 'reasoning':
      return { type: 'reasoning', id, summary: texts(item.summary) };
    case 'plan':
      return { type: 'plan', id, text: words(item.text) };
    case 'commandExecution':
      return {
        type: 'command',
        id,
        command: toCommandText(item.command),
        status: toStatus(item.status, fallback),
        ...maybe('cwd', text(item.cwd)),
        ...maybe('output', text(item.aggregatedOutput)),
        ...maybe('exitCode', count(item.exitCode)),
        ...maybe('durationMs', count(item.durationMs)),
      };
    case 'fileChange':
      return { type: 'file.change', id, changes: toFileChanges(item.changes), status: toStatus(item.status, fallback) };
    case 'mcpToolCall':
      return {
        type: 'tool.call',
        id,
        server: words(item.server),
        tool: words(item.tool),
        arguments: json(item.arguments),
        status: toStatus(item.status, fallback),
        ...maybe('error', text(seen<{ message: string }>(item.error).message)),
      };
    case 'dynamicToolCall':
      return {
        type: 'tool.call',
        id,
        tool: words(item.tool),
        arguments: json(item.arguments),
        status: toStatus(item.status, fallback),
      };
    case 'webSearch':
      return { type: 'web.search', id, query: words(item.query) };
    case 'contextCompaction':
      return { type: 'compaction', id };
    case 'enteredReviewMode':
      return { type: 'review', id, stage: 'entered', text: words(item.review) };
    case 'exitedReviewMode':
      return { type: 'review', id, stage: 'exited', text: words(item.review) };
    default:
      return { type: 'other', id, name: text(item.type) ?? 'unknown' };
  }
}

/**
 * The whole script, as a person would type it. Not Codex's `commandActions`: that is a summary for display, which leaves parts out (`echo
 * hi; ls` becomes the one action `ls`), and people decide by what they read here.
 */
export function toCommandText(command: unknown): string {
  return toPlainCommand(words(command));
}

export function toFileChanges(value: unknown): readonly FileChange[] {
  return list(value).map((entry) => {
    const change = seen<FileUpdateChange>(entry);
    const kind = seen<PatchChangeKind>(change.kind);
    const type = text(kind.type) as PatchChangeKind['type'] | undefined;
    return {
      path: words(change.path),
      kind: type === 'add' || type === 'delete' ? type : 'update',
      diff: words(change.diff),
      ...maybe('movedTo', text(kind.move_path)),
    };
  });
}

function toInputText(content: unknown): string {
  const parts = list(content).map((part) => text(seen<UserInput & { text: string }>(part).text));
  return parts.filter((part) => part !== undefined).join('\n\n');
}

function toPhase(phase: unknown): 'commentary' | 'final' | 'unknown' {
  if (phase === 'final_answer') return 'final';
  return phase === 'commentary' ? 'commentary' : 'unknown';
}

function toStatus(status: unknown, fallback: ItemStatus): ItemStatus {
  switch (status) {
    case 'inProgress':
    case 'completed':
    case 'failed':
    case 'declined':
      return status;
    default:
      return fallback;
  }
}
