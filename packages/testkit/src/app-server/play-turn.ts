import type { ModelClock } from '../model/clock.ts';
import type { AppServerStep } from './step.ts';

/** A turn as the script played it. */
export interface ScriptedTurn {
  readonly id: string;
  readonly thread: string;
  /** What it was asked, in words. */
  readonly prompt: string;
  /** `clientUserMessageId` of the request, where it had one. */
  readonly key?: string;
  status: 'inProgress' | 'completed' | 'failed' | 'interrupted';
  /** What was put into it while it ran. */
  readonly steers: string[];
  /** What its questions were answered with. */
  readonly decisions: string[];
}

/** What a turn does to the world around it. */
export interface Stage {
  readonly clock: ModelClock;
  readonly cwd: string;
  /** Of the turn: an interrupt, or the end of the server. */
  readonly signal: AbortSignal;
  tell(method: string, params: object): void;
  /** The decision that a client gave. Never resolves where none does. */
  ask(params: object): Promise<string>;
  /** Resolves when the turn is steered. */
  steered(): Promise<void>;
}

/** Plays the steps and tells what a Codex would tell, from `turn/started` to `turn/completed`. */
export async function playTurn(turn: ScriptedTurn, steps: readonly AppServerStep[], stage: Stage): Promise<void> {
  const { signal } = stage;
  const at = { threadId: turn.thread, turnId: turn.id };
  const items: object[] = [];
  let failure: string | undefined;
  const record = () => ({ id: turn.id, status: turn.status, items, error: failure === undefined ? null : { message: failure } });
  const stopped = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
  const complete = (item: object) => {
    items.push(item);
    stage.tell('item/completed', { ...at, item });
  };

  stage.tell('thread/status/changed', { threadId: turn.thread, status: { type: 'active', activeFlags: [] } });
  stage.tell('turn/started', { threadId: turn.thread, turn: record() });
  for (const [index, step] of steps.entries()) {
    if (signal.aborted || failure !== undefined) break;
    const id = `${turn.id}-item-${index}`;
    if ('say' in step) {
      const item = { type: 'agentMessage', id, phase: 'final_answer' };
      stage.tell('item/started', { ...at, item: { ...item, text: '' } });
      let text = '';
      for (const word of step.say.match(/\s*\S+\s*/g) ?? []) {
        if (step.wordMs !== undefined) await stage.clock.sleep(step.wordMs, signal);
        if (signal.aborted) break;
        text += word;
        stage.tell('item/agentMessage/delta', { ...at, itemId: id, delta: word });
      }
      complete({ ...item, text });
    } else if ('ask' in step) {
      const item = { type: 'commandExecution', id, command: step.ask, cwd: stage.cwd, commandActions: [], status: 'inProgress' };
      stage.tell('item/started', { ...at, item });
      const decision = await Promise.race([stage.ask({ ...at, itemId: id, command: step.ask, cwd: stage.cwd }), stopped]);
      if (decision !== undefined) turn.decisions.push(decision);
      const isRun = decision === 'accept' || decision === 'acceptForSession';
      complete({ ...item, status: isRun ? 'completed' : 'declined', ...(isRun && { exitCode: 0, aggregatedOutput: '' }) });
      if (decision === 'cancel') {
        turn.status = 'interrupted';
        break;
      }
    } else if ('wait' in step) await Promise.race([stage.steered(), stopped]);
    else failure = step.fail;
  }
  if (signal.aborted) turn.status = 'interrupted';
  else if (turn.status === 'inProgress') turn.status = failure === undefined ? 'completed' : 'failed';
  stage.tell('turn/completed', { threadId: turn.thread, turn: record() });
  stage.tell('thread/status/changed', { threadId: turn.thread, status: { type: 'idle' } });
}
