import {
  type ApprovalEntry,
  type AuditLine,
  type ConversationEntry,
  type DeliveryEntry,
  emptyView,
  type RunEntry,
  type RunView,
  type ThreadId,
  type TranscriptEntry,
} from '@threadbridge/contract';
import { type AuditRecord, offeredAtEnd, type ScopeState } from '@threadbridge/core';
import type { RememberedEffect, RememberedInput, RememberedScope } from '@threadbridge/store';
import type { TokenKeys } from '../token-key.ts';

/** A conversation, as it is shown. Pure, as everything here. */
export function toConversation({ state, updatedAt }: RememberedScope): ConversationEntry {
  const { scope, phase, runs, pending, ledger, workspace, alias, model } = state;
  return {
    ...{ scope, phase: phase.name, updatedAt, runs },
    waiting: pending.map(({ actor, name, text, at }) => ({ by: actor, text, at, ...(name !== undefined && { name }) })),
    held: (ledger?.held ?? []).map(({ message, at }) => ({ markdown: message.markdown, at })),
    approvals: approvalsOf(state).filter(({ answered }) => answered === undefined).length,
    ...(workspace !== undefined && { workspace }),
    ...(alias !== undefined && { alias }),
    ...(model !== undefined && { model }),
  };
}

/** The run that an effect asks for; undefined where its conversation is past it. */
export function toRun(
  { row, committedAt }: RememberedEffect,
  state: ScopeState | undefined,
  viewOf: (thread: ThreadId) => RunView | undefined,
): RunEntry | undefined {
  const phase = state?.phase;
  if (row.effect.type !== 'run.start' || phase?.name !== 'running' || phase.run !== row.effect.run) return undefined;
  // One in line may have a thread, and that one may have another run.
  const view = phase.line ? { ...emptyView, line: phase.line } : phase.thread && viewOf(phase.thread);
  return {
    ...{ run: phase.run, scope: row.scope, startedAt: committedAt, workspace: phase.workspace },
    askedBy: [...new Set(phase.prompts.map(({ actor }) => actor))],
    prompt: phase.prompts.map(({ text }) => text).join('\n\n'),
    approvals: state === undefined ? [] : approvalsOf(state),
    isStopping: phase.stopping !== undefined,
    ...(phase.thread !== undefined && { thread: phase.thread }),
    ...(view && { view }),
  };
}

export function toDelivery(effect: RememberedEffect): readonly DeliveryEntry[] {
  const { row, status, attempts, code, notBefore, settledAt, committedAt } = effect;
  if (row.effect.type !== 'deliver') return [];
  return [
    {
      ...{ key: row.key, scope: row.scope, markdown: row.effect.message.markdown, at: committedAt, attempts },
      state: status === 'open' ? 'waiting' : status === 'started' ? 'sending' : status,
      ...(code !== undefined && { code }),
      ...(notBefore !== undefined && { notBefore }),
      ...(settledAt !== undefined && { settledAt }),
    },
  ];
}

export function toAuditLine({ hash: _, ...line }: AuditRecord): AuditLine {
  return line;
}

export function receivedEntry({ input, acceptedAt }: RememberedInput): readonly TranscriptEntry[] {
  if (input.type !== 'message.received') return [];
  const { id, actor, text, attachments } = input.event;
  const files = attachments.map(({ name, kind }) => name ?? kind);
  return [{ type: 'received', event: id, by: actor.id, text, files, at: acceptedAt }];
}

/** How a conversation stands at the moment of a question. */
export interface StandsNow {
  readonly state: ScopeState | undefined;
  /** Those in force. */
  readonly keys: TokenKeys;
  /** Epoch ms. */
  readonly at: number;
}

export function saidEntry(
  { row: { key, effect }, committedAt }: RememberedEffect,
  { state, keys, at }: StandsNow,
): readonly TranscriptEntry[] {
  switch (effect.type) {
    case 'deliver':
      return [{ type: 'sent', key, message: effect.message, at: committedAt }];
    case 'live.close': {
      const { run, ref, view } = effect;
      const controls = state && offeredAtEnd(state, effect, keys, at);
      return [{ type: 'ended', run, ref, view, at: committedAt, ...(controls && { controls }) }];
    }
    default:
      return [];
  }
}

function approvalsOf({ phase }: ScopeState): readonly ApprovalEntry[] {
  if (phase.name !== 'running') return [];
  return Object.values(phase.approvals).map(({ approval, code, askedAt, answered }) => ({
    ...{ approval, code, askedAt },
    ...(answered && { answered: { by: answered.by, decision: answered.decision } }),
  }));
}
