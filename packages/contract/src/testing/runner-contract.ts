import { describe, expect, it } from 'vitest';
import type { ApprovalDecision } from '../approval.ts';
import { isGatewayError } from '../errors.ts';
import { asId, type EffectKey, type ThreadId, type TurnId, type WorkspacePath } from '../ids.ts';
import { isTerminal, type RunEvent } from '../run-event.ts';
import type { RunHandle, RunInput, Runner } from '../runner.ts';

/** What the suite needs of a runner and of the agent behind it. */
export interface RunnerHarness {
  readonly runner: Runner;
  readonly workspace: WorkspacePath;
  /** Prompts that make the agent do something. */
  readonly prompts: {
    /** Says exactly this and ends. */
    says(text: string): string;
    /** Says a first word, and then nothing until it is interrupted. */
    hangs(): string;
    /** Asks for an approval, waits for the answer, and says `text` whatever it was. Absent where the agent never asks. */
    asks?(text: string): string;
    /** Uses tools, one after the other, and then hangs. Absent where the agent has none. */
    loops?(): string;
  };
  /** Another process of the same agent, which knows the same threads; the first one has ended by then. */
  restart(): Promise<Runner>;
  /** The agent's process dies at once. */
  crash(): Promise<void>;
  /** A workspace that does not exist. Absent where the agent has no disk. */
  readonly missingWorkspace?: WorkspacePath;
  /** A thread that never was. Absent where any id will do. */
  readonly unknownThread?: ThreadId;
  close(): Promise<void>;
}

/** What every runner must do. Call it in a test file of the runner's package. Tests of capabilities the runner does not declare are skipped, visibly. */
export function runnerContract(name: string, open: () => Promise<RunnerHarness>): void {
  describe(`${name} is a runner`, () => {
    async function using(test: (harness: RunnerHarness) => Promise<void>): Promise<void> {
      const harness = await open();
      try {
        await test(harness);
      } finally {
        await harness.close();
      }
    }

    const start = (
      { runner, workspace }: Pick<RunnerHarness, 'runner' | 'workspace'>,
      prompt: string,
      more: Partial<RunInput> = {},
      signal?: AbortSignal,
    ) => runner.start({ prompt, workspace, sandbox: 'read-only', ...more }, signal === undefined ? {} : { signal });

    it('tells a turn from its thread to exactly one terminal event, which holds the answer', () =>
      using(async (harness) => {
        const events = await collect(start(harness, harness.prompts.says('All is well.')));
        expect(events[0]).toMatchObject({ type: 'thread.started', isNew: true });
        expect(events[1]).toMatchObject({ type: 'turn.started' });
        expect(events.filter(isTerminal)).toEqual([events.at(-1)]);
        expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'All is well.' });
      }));

    it('streams the answer in order, where it has deltas', ({ skip }) =>
      using(async (harness) => {
        if (!harness.runner.capabilities.deltas) skip();
        const answer = 'one two three four five six seven eight nine ten';
        const events = await collect(start(harness, harness.prompts.says(answer)));
        const deltas = events.flatMap((event) => (event.type === 'text.delta' ? [event.delta] : []));
        expect(deltas.length).toBeGreaterThan(1);
        expect(deltas.join('')).toBe(answer);
      }));

    it('goes on with a thread, in a new process too', () =>
      using(async (harness) => {
        const first = await collect(start(harness, harness.prompts.says('first')));
        const thread = threadOf(first);
        const second = await collect(start(harness, harness.prompts.says('second'), { thread }));
        expect(second[0]).toMatchObject({ type: 'thread.started', thread, isNew: false });
        const runner = await harness.restart();
        const third = await collect(start({ ...harness, runner }, harness.prompts.says('third'), { thread }));
        expect(third[0]).toMatchObject({ type: 'thread.started', thread, isNew: false });
        expect(third.at(-1)).toMatchObject({ type: 'turn.completed', text: 'third' });
      }));

    it('asks for no turn before the event after thread.started is pulled', ({ skip }) =>
      using(async (harness) => {
        const history = harness.runner.capabilities.history ?? skip();
        const key = asId<EffectKey>('unasked');
        const events = start(harness, harness.prompts.says('x'), { key }).events[Symbol.asyncIterator]();
        const { value } = await events.next();
        expect(await history.findTurn(threadOf([value as RunEvent]), key)).toBeUndefined();
        await events.return?.(undefined);
      }));

    it('finds the turn that carries a key', ({ skip }) =>
      using(async (harness) => {
        const history = harness.runner.capabilities.history ?? skip();
        const key = asId<EffectKey>('needle');
        const thread = threadOf(await collect(start(harness, harness.prompts.says('found'), { key })));
        expect(await history.findTurn(thread, key)).toMatchObject({ status: 'completed', text: 'found' });
        expect(await history.findTurn(thread, asId<EffectKey>('other'))).toBeUndefined();
        expect(await history.read(thread)).toMatchObject({ id: thread, isActive: false });
        expect((await history.list({})).threads.map(({ id }) => id)).toContain(thread);
      }));

    it('reads the turns of a thread, newest first', ({ skip }) =>
      using(async (harness) => {
        const history = harness.runner.capabilities.history ?? skip();
        const thread = threadOf(await collect(start(harness, harness.prompts.says('older'))));
        await collect(start(harness, harness.prompts.says('newer'), { thread }));
        const { turns } = await history.turns(thread);
        expect(turns.map(({ status, text }) => [status, text])).toEqual([
          ['completed', 'newer'],
          ['completed', 'older'],
        ]);
      }));

    it('attaches to a turn that is over, and hears its end', ({ skip }) =>
      using(async (harness) => {
        const attach = harness.runner.capabilities.attach ?? skip();
        const done = await collect(start(harness, harness.prompts.says('done')));
        const again = await collect(attach(threadOf(done), turnOf(done)));
        expect(again[0]).toMatchObject({ type: 'thread.started', thread: threadOf(done), isNew: false });
        expect(again.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.completed', text: 'done' })]);
        const unknown = attach(threadOf(done), asId<TurnId>('01a1fd6e-580d-70e0-90d9-e178ad64afb9'));
        expect(await code(collect(unknown))).toBe('runner.thread_not_found');
      }));

    it('forks, renames and archives threads', ({ skip }) =>
      using(async (harness) => {
        const { threads = skip(), history = skip() } = harness.runner.capabilities;
        const thread = threadOf(await collect(start(harness, harness.prompts.says('past'))));
        const fork = await threads.fork(thread);
        expect(fork.id).not.toBe(thread);
        const own = await collect(start(harness, harness.prompts.says('future'), { thread: fork.id }));
        expect(own.at(-1)).toMatchObject({ type: 'turn.completed', text: 'future' });
        expect((await history.turns(thread)).turns).toHaveLength(1);
        await threads.rename(fork.id, 'Another way');
        expect(await history.read(fork.id)).toMatchObject({ title: 'Another way' });
        await threads.archive(fork.id);
        expect((await history.list({})).threads.map(({ id }) => id)).not.toContain(fork.id);
        await threads.unarchive(fork.id);
        expect((await history.list({})).threads.map(({ id }) => id)).toContain(fork.id);
      }));

    describe('stopping', () => {
      it('by interrupt ends in turn.interrupted, and may be asked for again', () =>
        using(async (harness) => {
          const run = start(harness, harness.prompts.hangs());
          const events = await collect(run, (event) => (event.type === 'turn.started' ? run.interrupt() : undefined));
          expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.interrupted' })]);
          await run.interrupt();
        }));

      it('by a signal that was aborted before costs no turn', () =>
        using(async (harness) => {
          const events = await collect(start(harness, harness.prompts.says('never'), {}, AbortSignal.abort()));
          expect(events.at(-1)).toMatchObject({ type: 'turn.interrupted', text: '' });
          expect(events.map(({ type }) => type)).not.toContain('turn.started');
        }));

      it('by a signal works at the first event and in the middle', () =>
        using(async (harness) => {
          for (const at of ['thread.started', 'turn.started'] as const) {
            const stop = new AbortController();
            const run = start(harness, harness.prompts.hangs(), {}, stop.signal);
            const events = await collect(run, (event) => (event.type === at ? stop.abort() : undefined));
            expect(events.filter(isTerminal)).toEqual([expect.objectContaining({ type: 'turn.interrupted' })]);
          }
        }));

      it('by a signal works in a tool loop', ({ skip }) =>
        using(async (harness) => {
          const prompt = harness.prompts.loops?.() ?? skip();
          const stop = new AbortController();
          const run = start(harness, prompt, {}, stop.signal);
          const events = await collect(run, (event) => (event.type === 'item.completed' ? stop.abort() : undefined));
          expect(events.at(-1)).toMatchObject({ type: 'turn.interrupted' });
        }));

      it('by leaving the loop interrupts the turn', ({ skip }) =>
        using(async (harness) => {
          const history = harness.runner.capabilities.history ?? skip();
          const key = asId<EffectKey>('left');
          const seen: RunEvent[] = [];
          for await (const event of start(harness, harness.prompts.hangs(), { key }).events) {
            seen.push(event);
            if (event.type === 'text.delta' || event.type === 'item.completed') break;
          }
          const thread = threadOf(seen);
          expect(await history.findTurn(thread, key)).toMatchObject({ status: 'interrupted' });
          const next = await collect(start(harness, harness.prompts.says('next'), { thread }));
          expect(next.at(-1)).toMatchObject({ type: 'turn.completed', text: 'next' });
        }));
    });

    describe('a question', () => {
      const answering = (run: RunHandle, decision: ApprovalDecision) =>
        collect(run, (event) =>
          event.type === 'approval.requested' ? run.answer(event.approval.id, { type: 'decision', decision }) : undefined,
        );

      it('waits for its answer', ({ skip }) =>
        using(async (harness) => {
          const prompt = harness.prompts.asks?.('after all') ?? skip();
          const run = start(harness, prompt);
          const events = run.events[Symbol.asyncIterator]();
          let event = await events.next();
          while (!event.done && event.value.type !== 'approval.requested') event = await events.next();
          if (event.done || event.value.type !== 'approval.requested') throw new Error('It never asked.');
          let hasGoneOn = false;
          const next = events.next().then((result) => {
            hasGoneOn = true;
            return result;
          });
          await harness.runner.check();
          expect(hasGoneOn).toBe(false);
          await run.answer(event.value.approval.id, { type: 'decision', decision: 'decline' });
          expect(await next).toMatchObject({ done: false });
          await events.return?.(undefined);
        }));

      it('that is declined is closed, and the turn goes on', ({ skip }) =>
        using(async (harness) => {
          const prompt = harness.prompts.asks?.('a pity') ?? skip();
          const events = await answering(start(harness, prompt), 'decline');
          const [asked] = events.filter((event) => event.type === 'approval.requested');
          expect(asked?.approval.offered).toContain('decline');
          expect(events.filter((event) => event.type === 'approval.closed')).toEqual([
            { type: 'approval.closed', approval: asked?.approval.id },
          ]);
          expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'a pity' });
        }));

      it('that is cancelled ends the turn', ({ skip }) =>
        using(async (harness) => {
          const prompt = harness.prompts.asks?.('never said') ?? skip();
          expect((await answering(start(harness, prompt), 'cancel')).at(-1)).toMatchObject({ type: 'turn.interrupted' });
        }));

      it('takes one answer, and none after the end', ({ skip }) =>
        using(async (harness) => {
          const prompt = harness.prompts.asks?.('fine') ?? skip();
          const run = start(harness, prompt);
          const events = await answering(run, 'accept');
          const [asked] = events.filter((event) => event.type === 'approval.requested');
          const late = run.answer(asked?.approval.id ?? asId('none'), { type: 'decision', decision: 'accept' });
          expect(await code(late)).toBe('runner.approval_closed');
        }));
    });

    it('steers nothing where no turn runs, and says so with certainty', ({ skip }) =>
      using(async (harness) => {
        if (!harness.runner.capabilities.steer) skip();
        const run = start(harness, harness.prompts.says('short'));
        expect(await certainty(run.steer('too early'))).toBe(true);
        await collect(run);
        expect(await certainty(run.steer('too late'))).toBe(true);
      }));

    describe('trouble', () => {
      it('of a crash is runner.lost, uncertain once the turn ran; nothing stays pending', () =>
        using(async (harness) => {
          const run = start(harness, harness.prompts.hangs());
          const reading = collect(run, (event) => (event.type === 'turn.started' ? harness.crash() : undefined));
          await expect(reading).rejects.toMatchObject({ code: 'runner.lost', certain: false });
          await run.interrupt();
        }));

      it('of a missing workspace appears in the events, with certainty', ({ skip }) =>
        using(async (harness) => {
          const workspace = harness.missingWorkspace ?? skip();
          const run = start(harness, harness.prompts.says('never'), { workspace });
          await expect(collect(run)).rejects.toMatchObject({ code: 'runner.rejected', certain: true });
        }));

      it('of an unknown thread is runner.thread_not_found, with certainty', ({ skip }) =>
        using(async (harness) => {
          const thread = harness.unknownThread ?? skip();
          const run = start(harness, harness.prompts.says('never'), { thread });
          await expect(collect(run)).rejects.toMatchObject({ code: 'runner.thread_not_found', certain: true });
        }));

      it('is told by check, which never throws', () =>
        using(async (harness) => {
          expect(await harness.runner.check()).toMatchObject({ isUsable: true, problems: expect.any(Array) });
          await harness.runner[Symbol.asyncDispose]();
          expect(await harness.runner.check()).toMatchObject({ isUsable: false });
          const late = start(harness, harness.prompts.says('never'));
          await expect(collect(late)).rejects.toMatchObject({ code: 'runner.lost', certain: true });
        }));
    });
  });
}

async function collect(run: RunHandle, onEvent?: (event: RunEvent) => unknown): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run.events) {
    events.push(event);
    await onEvent?.(event);
  }
  return events;
}

function threadOf(events: readonly RunEvent[]): ThreadId {
  const [started] = events.filter((event) => event.type === 'thread.started');
  if (started === undefined) throw new Error('There was no thread.started.');
  return started.thread;
}

function turnOf(events: readonly RunEvent[]): TurnId {
  const [started] = events.filter((event) => event.type === 'turn.started');
  if (started === undefined) throw new Error('There was no turn.started.');
  return started.turn;
}

async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function code(promise: Promise<unknown>): Promise<string | undefined> {
  const error = await refusal(promise);
  return isGatewayError(error) ? error.code : undefined;
}

async function certainty(promise: Promise<unknown>): Promise<boolean | undefined> {
  const error = await refusal(promise);
  return isGatewayError(error) ? error.certain : undefined;
}
