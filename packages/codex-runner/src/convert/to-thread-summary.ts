import { asId, type ThreadId, type ThreadSummary } from '@threadbridge/contract';
import type { Thread, ThreadStatus } from '../app-server/protocol.gen.ts';
import { count, isObject, maybe, seen, text, words } from './seen.ts';

export function toThreadSummary(value: unknown): ThreadSummary {
  const thread = seen<Thread>(value);
  const source = toSource(thread.source);
  return {
    id: asId(words(thread.id)),
    title: text(thread.name) || words(thread.preview),
    cwd: words(thread.cwd),
    source,
    ...maybe('madeBy', source === 'vscode' ? text(thread.originator) || undefined : undefined),
    createdAt: toEpochMs(thread.createdAt),
    updatedAt: toEpochMs(thread.updatedAt),
    isActive: (text(seen<ThreadStatus>(thread.status).type) as ThreadStatus['type'] | undefined) === 'active',
    ...maybe('forkedFrom', text(thread.forkedFromId) as ThreadId | undefined),
  };
}

/** A word, or for sub-agents and custom sources an object whose only key is the word. */
function toSource(source: unknown): string {
  return text(source) ?? (isObject(source) ? Object.keys(source)[0] : undefined) ?? 'unknown';
}

/** Codex counts these in seconds. */
function toEpochMs(value: unknown): number {
  return (count(value) ?? 0) * 1_000;
}
