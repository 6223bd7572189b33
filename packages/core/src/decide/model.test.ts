import { asId, type RunId, type TurnId } from '@threadbridge/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { message, openApproval, owner, privateScope, resolved, stranger, testRules } from '../testing/given.ts';
import { decide } from './decide.ts';
import type { Effect, EffectOf } from './effect.ts';
import type { Input } from './input.ts';
import { initialState, type ScopeState } from './scope-state.ts';

/** What a random person, agent or clock does next; what is not possible just now is passed over. */
type Move =
  | {
      readonly type:
        | 'write'
        | 'foreign'
        | 'quiet'
        | 'resolve'
        | 'refuse'
        | 'begin'
        | 'ask'
        | 'close'
        | 'complete'
        | 'lose'
        | 'stop'
        | 'expire';
    }
  | { readonly type: 'answer'; readonly pick: number; readonly yes: boolean; readonly by: 'owner' | 'stranger' }
  | { readonly type: 'steer'; readonly taken: boolean };

const moves = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Move>({ type: 'write' }) },
  { weight: 4, arbitrary: fc.constantFrom<Move>({ type: 'quiet' }, { type: 'resolve' }, { type: 'begin' }) },
  { weight: 3, arbitrary: fc.constantFrom<Move>({ type: 'ask' }, { type: 'complete' }, { type: 'close' }) },
  {
    weight: 3,
    arbitrary: fc.record<Move & { type: 'answer' }>({
      ...{ type: fc.constant('answer' as const), pick: fc.nat(5), yes: fc.boolean(), by: fc.constantFrom('owner', 'stranger') },
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Move>(
      { type: 'foreign' },
      { type: 'refuse' },
      { type: 'lose' },
      { type: 'stop' },
      { type: 'expire' },
    ),
  },
  { weight: 1, arbitrary: fc.record<Move & { type: 'steer' }>({ type: fc.constant('steer' as const), taken: fc.boolean() }) },
);

/** The reference: a list of prompts that wait, a run or none, and questions that are open. Nothing else. */
class Model {
  state: ScopeState = initialState(privateScope);
  private count = 0;
  private waiting: string[] = [];
  private gone = new Set<string>();
  private readonly started: string[] = [];
  private run:
    | { readonly id: RunId; readonly open: Map<string, string>; readonly answered: Set<string>; isStopping: boolean }
    | undefined;
  private timer: EffectOf<'timer'> | undefined;
  private isResolving = false;
  private inputs = 0;

  play(move: Move): void {
    switch (move.type) {
      case 'write': {
        const text = `p${++this.count}`;
        if (this.waiting.length < testRules.runs.maxPending) this.waiting.push(text);
        this.take(message(text));
        break;
      }
      case 'foreign':
        expect(this.take(message('p0', { by: stranger })).filter((effect) => effect.type !== 'deliver')).toEqual([]);
        break;
      case 'quiet':
        if (this.timer !== undefined) this.take(this.input({ type: 'timer.fired', timer: this.timer.timer }));
        break;
      case 'resolve':
      case 'refuse':
        this.resolve(move.type === 'resolve');
        break;
      case 'begin':
        if (this.run !== undefined) this.take(this.progressed({ type: 'turn.started', turn: asId<TurnId>('t') }));
        break;
      case 'ask': {
        if (this.run === undefined) break;
        const approval = openApproval(`a${++this.count}`).approval;
        this.take(this.progressed({ type: 'approval.requested', approval }));
        if (this.run.isStopping) break;
        const code = this.codeOf(approval.id);
        expect([...this.run.open.values()]).not.toContain(code);
        this.run.open.set(approval.id, code);
        break;
      }
      case 'answer':
        this.answer(move);
        break;
      case 'expire': {
        const id = [...(this.run?.open.keys() ?? [])][0];
        if (this.run === undefined || id === undefined) break;
        const wasOpen = !this.run.answered.has(id);
        const timer = { name: 'approval.expire', run: this.run.id, approval: asId<never>(id) } as const;
        this.expectAnswers(this.take(this.input({ type: 'timer.fired', timer })), wasOpen ? [[id, 'decline']] : []);
        this.run.answered.add(id);
        break;
      }
      case 'close': {
        const id = [...(this.run?.open.keys() ?? [])][0];
        if (this.run === undefined || id === undefined) break;
        this.run.open.delete(id);
        this.take(this.progressed({ type: 'approval.closed', approval: asId<never>(id) }));
        break;
      }
      case 'complete':
        if (this.run !== undefined) this.end(this.progressed({ type: 'turn.completed', turn: asId<TurnId>('t'), text: 'done' }));
        break;
      case 'lose':
        if (this.run === undefined) break;
        this.end(
          this.input({ type: 'run.lost', run: this.run.id, loss: { code: 'runner.lost', message: 'died.', certain: false } }),
        );
        break;
      case 'stop': {
        const interrupts = this.take(message('/stop')).filter((effect) => effect.type === 'run.interrupt').length;
        expect(interrupts).toBe(this.run !== undefined && !this.run.isStopping ? 1 : 0);
        if (this.run !== undefined) this.run.isStopping = true;
        else this.dropAll();
        break;
      }
      case 'steer':
        this.steer(move.taken);
        break;
    }
    this.check();
  }

  private resolve(isAllowed: boolean): void {
    if (!this.isResolving) return;
    this.isResolving = false;
    const result = isAllowed ? undefined : ({ allowed: false, reason: 'gone' } as const);
    const starts = this.take(resolved({ type: 'run' }, result)).filter((effect) => effect.type === 'run.start');
    if (!isAllowed) this.dropAll();
    expect(starts).toHaveLength(isAllowed && this.waiting.length > 0 ? 1 : 0);
    const [start] = starts;
    if (start === undefined) return;
    expect(this.run).toBeUndefined();
    expect(start.input.prompt).toBe(this.waiting.join('\n\n'));
    this.started.push(...this.waiting);
    this.waiting = [];
    this.run = { id: start.run, open: new Map(), answered: new Set(), isStopping: false };
  }

  private answer({ pick, yes, by }: Move & { readonly type: 'answer' }): void {
    if (this.run === undefined || this.run.open.size === 0) return;
    const [id, code] = [...this.run.open][pick % this.run.open.size] ?? ['', ''];
    const isOpen = !this.run.answered.has(id);
    const said = this.take(message(`/${yes ? 'approve' : 'deny'} ${code}`, { by: by === 'owner' ? owner : stranger }));
    const counts = isOpen && by === 'owner';
    this.expectAnswers(said, counts ? [[id, yes ? 'accept' : 'decline']] : []);
    if (counts) this.run.answered.add(id);
  }

  private steer(isTaken: boolean): void {
    const text = `s${++this.count}`;
    const [asked] = this.take(message(`/steer ${text}`)).filter((effect) => effect.type === 'run.steer');
    expect(asked !== undefined).toBe(this.run !== undefined && !this.run.isStopping);
    if (asked === undefined) return;
    if (!isTaken) this.waiting.push(text);
    const outcome = isTaken ? ({ type: 'taken' } as const) : ({ type: 'refused', reason: 'over' } as const);
    this.take(this.input({ type: 'run.steered', run: asked.run, prompt: asked.prompt, outcome }));
  }

  private end(input: Input): void {
    this.run = undefined;
    const said = this.take(input).filter((effect) => effect.type === 'deliver');
    expect(said).toHaveLength(1);
  }

  private dropAll(): void {
    for (const text of this.waiting) this.gone.add(text);
    this.waiting = [];
  }

  private take(input: Input): readonly Effect[] {
    const made = decide(this.state, input, testRules);
    this.state = made.state;
    for (const effect of made.effects) {
      if (effect.type === 'timer' && effect.timer.name === 'quiet') this.timer = effect;
      if (effect.type === 'workspace.resolve') {
        expect(this.isResolving && this.run === undefined).toBe(false);
        this.isResolving = true;
      }
    }
    return made.effects;
  }

  private expectAnswers(effects: readonly Effect[], wanted: readonly (readonly [string, string])[]): void {
    const given = effects.filter((effect) => effect.type === 'approval.answer');
    expect(given.map((effect) => [effect.approval, effect.answer.type === 'decision' && effect.answer.decision])).toEqual(wanted);
  }

  private codeOf(id: string): string {
    const { phase } = this.state;
    return (phase.name === 'running' && phase.approvals[asId<never>(id)]?.code) || '';
  }

  private progressed(event: Extract<Input, { readonly type: 'run.progressed' }>['event']): Input {
    return this.input({ type: 'run.progressed', run: this.run?.id ?? asId<RunId>('none'), event });
  }

  private input<T extends object>(rest: T) {
    return { id: asId<never>(`i${++this.inputs}`), scope: privateScope, at: 1_700_000_000_000 + this.inputs, ...rest };
  }

  /** Every prompt is in exactly one place, in its order. */
  private check(): void {
    expect(this.state.pending.map((prompt) => prompt.text)).toEqual(this.waiting);
    expect(this.state.phase.name === 'running').toBe(this.run !== undefined);
    expect(new Set(this.started).size).toBe(this.started.length);
    for (const text of this.started) expect(this.gone.has(text)).toBe(false);
  }
}

it('agrees with a simple reference about queue, runs and approvals over 100,000 random steps', () => {
  let steps = 0;
  fc.assert(
    fc.property(fc.array(moves, { minLength: 100, maxLength: 300 }), (script) => {
      const model = new Model();
      for (const move of script) model.play(move);
      steps += script.length;
    }),
    { numRuns: 800, seed: Number(process.env.SEED ?? 20_261_121) },
  );
  expect(steps).toBeGreaterThan(100_000);
}, 120_000);
