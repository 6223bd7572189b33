import { viewText } from '@threadbridge/contract';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { gap, line } from '../terminal/spans.ts';
import type { Question } from './converse.ts';
import type { Demo } from './open-demo.ts';
import type { Stage } from './stage.ts';

export interface OnceOptions {
  readonly io: Io;
  readonly text: string;
  /** Answer of every question: yes. Otherwise no. */
  readonly approves: boolean;
  readonly isJson: boolean;
  readonly signal: AbortSignal;
}

/** One message through the whole gateway. Prints the exchange; answers with the exit code. */
export async function runOnce(demo: Demo, stage: Stage, { io, text, approves, isJson, signal }: OnceOptions): Promise<number> {
  const channel = stage.newChannel();
  const approvals: { readonly question: string; readonly answer: 'approved' | 'declined' }[] = [];
  const answer = ({ markdown, actions }: Question) => {
    const action = actions.find(({ style }) => style === (approves ? 'primary' : 'danger'));
    approvals.push({ question: markdown, answer: approves ? 'approved' : 'declined' });
    const words = approves ? io.texts.demo.approved : io.texts.demo.declined;
    stage.print(gap, line({ text: words, style: 'yellow' }));
    if (action !== undefined) void channel.press(action).catch(() => {});
  };
  const gateway = await demo.open(channel, signal);
  try {
    const { view, said } = await stage.ask(channel, text, answer);
    const status = view?.status ?? 'answered';
    if (isJson) {
      const words = view === undefined ? said.join('\n\n') : viewText(view);
      writeLine(io.stdout, JSON.stringify({ prompt: text, status, answer: words, approvals, steps: view?.steps ?? [] }));
    }
    return status === 'answered' || status === 'completed' ? exitCode.done : exitCode.failed;
  } finally {
    await gateway.stop();
  }
}
