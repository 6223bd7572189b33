import { createInterface } from 'node:readline/promises';
import type { Approval, ApprovalDecision, RunHandle, TerminalEvent } from '@threadbridge/contract';
import { isTerminal } from '@threadbridge/contract';

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Shows each question of Codex and hands on what the person types; resolves with the end of the turn. */
export async function runWithApprovals(run: RunHandle, terminal: Terminal): Promise<TerminalEvent> {
  const lines = createInterface(terminal);
  try {
    for await (const event of run.events) {
      if (isTerminal(event)) return event;
      if (event.type !== 'approval.requested') continue;
      const typed = await lines.question(
        `${printable(describe(event.approval))} [y]es, [a]lways in this session, [n]o, [s]top: `,
      );
      await run.answer(event.approval.id, { type: 'decision', decision: toDecision(typed, event.approval) });
    }
    throw new Error('The turn had no end.');
  } finally {
    lines.close();
  }
}

function describe(approval: Approval): string {
  switch (approval.kind) {
    case 'command':
      return `Run ${approval.command} in ${approval.cwd ?? 'the workspace'}?`;
    case 'fileChange':
      return `${approval.changes.map(({ kind, path, diff }) => `${kind} ${path}\n${diff}`).join('\n')}\nApply this?`;
    default:
      return `Codex asks (${approval.kind}): ${approval.reason ?? ''}`;
  }
}

/** A command may hold sequences that make a terminal show something else. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => (character === '\n' ? character : '\ufffd'));
}

/** Only what is offered can be said; whatever else is typed is a no. */
function toDecision(typed: string, { offered }: Approval): ApprovalDecision {
  const decisions = { y: 'accept', a: 'acceptForSession', s: 'cancel' } as const;
  const decision = decisions[typed.trim().toLowerCase() as keyof typeof decisions] ?? 'decline';
  return offered.includes(decision) ? decision : 'decline';
}
