import { viewText } from '@threadbridge/contract';
import { exitCode } from '../exit-code.ts';
import { type Io, mayColour, writeLine } from '../io.ts';
import { newSession, shortPathIn } from '../open-chat.ts';
import { createPlainSurface } from '../terminal/plain-surface.ts';
import { gap, type Line, line } from '../terminal/spans.ts';
import { createTerminalChannel } from '../terminal/terminal-channel.ts';
import { converse, type Question } from './converse.ts';
import type { Demo } from './open-demo.ts';

export interface OnceOptions {
  readonly io: Io;
  readonly text: string;
  /** Answer of every question: yes. Otherwise no. */
  readonly approves: boolean;
  readonly isJson: boolean;
  readonly signal: AbortSignal;
}

/** One message through the whole gateway. Prints the exchange; answers with the exit code. */
export async function runOnce(demo: Demo, { io, text, approves, isJson, signal }: OnceOptions): Promise<number> {
  const hasColours = io.stdout.isTTY === true && mayColour(io.environment);
  const surface = createPlainSurface({ write: (part) => void (isJson || io.stdout.write(part)), hasColours });
  const print = (...lines: readonly Line[]) => surface.print(lines);
  const channel = createTerminalChannel({ surface, session: newSession(), shortPath: shortPathIn(demo.place.workspace) });
  const approvals: { readonly markdown: string; readonly answer: 'approved' | 'declined' }[] = [];
  const answer = ({ markdown, actions }: Question) => {
    const action = actions.find(({ style }) => style === (approves ? 'primary' : 'danger'));
    approvals.push({ markdown, answer: approves ? 'approved' : 'declined' });
    const words = approves ? '(approved, because of --approve)' : '(declined: nobody sits here; --approve says yes)';
    print(gap, line({ text: words, style: 'yellow' }));
    if (action !== undefined) void channel.press(action).catch(() => {});
  };

  const gateway = await demo.open(channel, signal);
  try {
    print(line({ text: `› ${text}`, style: 'bold' }));
    const { view, said } = await converse(channel, text, { signal, onQuestion: answer });
    const status = view?.status ?? 'answered';
    if (isJson) {
      const answers = view === undefined ? said.join('\n\n') : viewText(view);
      writeLine(io.stdout, JSON.stringify({ prompt: text, status, answer: answers, approvals, steps: view?.steps ?? [] }));
    }
    return status === 'answered' || status === 'completed' ? exitCode.done : exitCode.failed;
  } finally {
    await gateway.stop();
  }
}
