import type { Answer, Approval } from '../approval.ts';
import { GatewayError } from '../errors.ts';
import { type ApprovalId, asId, type EffectKey, type ItemId, type ThreadId, type TurnId } from '../ids.ts';
import type { RunEvent, TerminalEvent, TurnError } from '../run-event.ts';
import type { RunHandle, RunInput, Runner } from '../runner.ts';
import type { TurnRecord } from '../runner-capabilities.ts';

/** What the scripted agent does in a turn, in order. */
export type ScriptStep =
  | { readonly say: string }
  /** Asks to run a command and waits. */
  | { readonly ask: string }
  /** Waits until it is steered or interrupted. */
  | { readonly wait: true }
  | { readonly fail: TurnError }
  /** The agent dies. */
  | { readonly die: true };

interface KeptTurn {
  readonly thread: ThreadId;
  readonly turn: TurnId;
  readonly key: EffectKey | undefined;
  readonly prompt: string;
  status: TurnRecord['status'];
  text: string;
  error?: TurnError;
  readonly answers: Answer[];
  readonly steers: string[];
}

/** What an agent keeps on disk: it outlives every process. */
export interface ScriptedAgent {
  /** Every turn that was ever asked for. */
  readonly turns: readonly KeptTurn[];
  /** Starts a process of the agent. */
  runner(): ScriptedRunner;
}

export interface ScriptedRunner extends Runner {
  /** Ends the process as a crash would: turns in progress read `interrupted` from now on, their runs are lost. */
  kill(): void;
}

/** An agent whose turns follow a script. Default script: it repeats what it was asked. */
export function createScriptedAgent(
  script: (input: RunInput) => readonly ScriptStep[] = (input) => [{ say: `You said: ${input.prompt}` }],
): ScriptedAgent {
  const turns: KeptTurn[] = [];
  let threads = 0;

  function runner(): ScriptedRunner {
    const death = new AbortController();

    function start(input: RunInput, options: { readonly signal?: AbortSignal } = {}): RunHandle {
      const interrupted = new AbortController();
      if (options.signal?.aborted) interrupted.abort();
      options.signal?.addEventListener('abort', () => interrupted.abort(), { once: true });
      const answers = new Map<ApprovalId, (answer: Answer) => void>();
      let kept: KeptTurn | undefined;
      let isOver = false;
      let steered = () => {};

      async function* play(): AsyncGenerator<RunEvent> {
        if (interrupted.signal.aborted) return yield finish({ type: 'turn.interrupted', text: '' });
        const thread = input.thread ?? asId<ThreadId>(`thread-${++threads}`);
        alive();
        yield { type: 'thread.started', thread, isNew: input.thread === undefined };
        if (interrupted.signal.aborted) return yield finish({ type: 'turn.interrupted', text: '' });
        alive();
        const turn = asId<TurnId>(`turn-${turns.length + 1}`);
        kept = { thread, turn, key: input.key, prompt: input.prompt, status: 'inProgress', text: '', answers: [], steers: [] };
        turns.push(kept);
        yield { type: 'turn.started', turn };
        for (const [index, step] of script(input).entries()) {
          if (interrupted.signal.aborted) break;
          const end = yield* playStep(step, index, kept);
          if (end !== undefined) return yield finish(end);
        }
        const type = interrupted.signal.aborted ? 'turn.interrupted' : 'turn.completed';
        yield finish({ type, turn, text: kept.text });
      }

      async function* playStep(
        step: ScriptStep,
        index: number,
        turn: KeptTurn,
      ): AsyncGenerator<RunEvent, TerminalEvent | undefined> {
        alive();
        if ('say' in step) {
          const item = asId<ItemId>(`${turn.turn}/item-${index}`);
          for (const word of step.say.match(/\S+\s*/g) ?? []) yield { type: 'text.delta', item, delta: word };
          yield { type: 'item.completed', item: { id: item, type: 'agent.message', text: step.say, phase: 'final' } };
          turn.text = step.say;
        } else if ('ask' in step) {
          const id = asId<ApprovalId>(`${turn.turn}/ask-${index}`);
          const approval: Approval = {
            id,
            kind: 'command',
            command: step.ask,
            offered: ['accept', 'acceptForSession', 'decline', 'cancel'],
          };
          const answer = new Promise<Answer>((resolve) => answers.set(id, resolve));
          yield { type: 'approval.requested', approval };
          const given = await Promise.race([answer, aborted(interrupted.signal), aborted(death.signal)]);
          answers.delete(id);
          alive();
          if (given !== undefined) turn.answers.push(given);
          yield { type: 'approval.closed', approval: id };
          if (given?.type === 'decision' && given.decision === 'cancel')
            return { type: 'turn.interrupted', turn: turn.turn, text: turn.text };
        } else if ('wait' in step) {
          const words = new Promise<void>((resolve) => {
            steered = resolve;
          });
          await Promise.race([words, aborted(interrupted.signal), aborted(death.signal)]);
          alive();
        } else if ('fail' in step) {
          turn.error = step.fail;
          return { type: 'turn.failed', turn: turn.turn, error: step.fail, text: turn.text };
        } else {
          kill();
          alive();
        }
        return undefined;
      }

      function finish(end: TerminalEvent): TerminalEvent {
        isOver = true;
        if (kept !== undefined)
          kept.status = end.type === 'turn.completed' ? 'completed' : end.type === 'turn.failed' ? 'failed' : 'interrupted';
        return end;
      }

      function alive(): void {
        if (!death.signal.aborted) return;
        isOver = true;
        throw new GatewayError('runner.lost', 'The scripted agent died.', { certain: kept === undefined });
      }

      /** Who leaves the loop early interrupts the turn. */
      async function* events(): AsyncGenerator<RunEvent> {
        try {
          yield* play();
        } finally {
          if (kept?.status === 'inProgress') kept.status = 'interrupted';
          isOver = true;
        }
      }

      return {
        events: events(),
        async steer(text) {
          if (kept === undefined || isOver) throw new GatewayError('runner.rejected', 'No turn is active.', { certain: true });
          kept.steers.push(text);
          steered();
        },
        async interrupt() {
          interrupted.abort();
        },
        async answer(approval, answer) {
          const resolve = answers.get(approval);
          if (resolve === undefined)
            throw new GatewayError('runner.approval_closed', 'This question is not open.', { certain: true });
          resolve(answer);
        },
      };
    }

    function kill(): void {
      death.abort();
      for (const turn of turns) if (turn.status === 'inProgress') turn.status = 'interrupted';
    }

    return {
      start,
      kill,
      async check() {
        return { isUsable: !death.signal.aborted, name: 'scripted', login: 'notNeeded', sandbox: 'unknown', problems: [] };
      },
      capabilities: {
        deltas: true,
        approvals: true,
        steer: true,
        review: {
          start: ({ target, ...input }, options) =>
            start({ ...input, prompt: target.type === 'custom' ? target.instructions : `review ${target.type}` }, options),
        },
        history: {
          async list(query) {
            const seen = Array.from(new Map(turns.map((turn) => [turn.thread, turn])).values(), summary);
            return { threads: seen.filter((thread) => query.search === undefined || thread.title.includes(query.search)) };
          },
          async read(thread) {
            const turn = turns.find((one) => one.thread === thread);
            if (turn === undefined)
              throw new GatewayError('runner.thread_not_found', 'There is no such thread.', { certain: true });
            return summary(turn);
          },
          async turns(thread) {
            const kept = turns.filter((one) => one.thread === thread).reverse();
            if (kept.length === 0)
              throw new GatewayError('runner.thread_not_found', 'There is no such thread.', { certain: true });
            return { turns: kept.map((turn) => ({ ...record(turn), items: [] })) };
          },
          async findTurn(thread, key) {
            const turn = turns.find((one) => one.thread === thread && one.key === key);
            return turn && record(turn);
          },
        },
      },
      async [Symbol.asyncDispose]() {
        kill();
      },
    };
  }

  return { turns, runner };
}

function record({ turn, status, text, error }: KeptTurn): TurnRecord {
  return { turn, status, text, ...(error && { error: error.message, errorKind: error.kind }) };
}

function summary(turn: KeptTurn) {
  return {
    id: turn.thread,
    title: turn.prompt,
    cwd: '/work/app',
    source: 'scripted',
    createdAt: 0,
    updatedAt: 0,
    isActive: turn.status === 'inProgress',
  };
}

function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
}
