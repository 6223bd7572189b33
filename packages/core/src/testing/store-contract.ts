import { createHash } from 'node:crypto';
import {
  type ActorId,
  type ChannelId,
  type Cursor,
  type EffectKey,
  type ErrorCode,
  type InputId,
  isGatewayError,
  type JsonObject,
  type Scope,
  scopeId,
} from '@threadbridge/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, AuditRecord } from '../decide/audit.ts';
import type { EffectRow } from '../decide/effect.ts';
import type { Alias, FactChange } from '../decide/facts.ts';
import type { Input } from '../decide/input.ts';
import { initialState, type ScopeState } from '../decide/scope-state.ts';
import type { Pruned, Step, Store } from '../ports/store.ts';

/** Somewhere a store's data lives, so that a test can open it more than once. */
export interface StorePlace {
  /** Opens it as a process does that starts after the earlier one closed the store. */
  open(): Promise<Store>;
  /** Opens it as a process does that counts the earlier opener as dead, while that one in truth lives. */
  takeOver(): Promise<Store>;
  /** Changes the stored audit records past every store, as somebody with access to the disk can; nothing else, the head neither. */
  rewriteAudit(edit: (records: readonly AuditRecord[]) => readonly AuditRecord[]): Promise<void>;
  /** Removes everything; called when all stores are closed. */
  remove(): Promise<void>;
}

const channel = 'chat' as ChannelId;
const place: Scope = { id: scopeId(channel, 'room'), channel, kind: 'private' };

function input(id: string, more: { readonly scope?: Scope; readonly text?: string } = {}): Input {
  return {
    id: id as InputId,
    scope: more.scope ?? place,
    at: 1_700_000_000_000,
    type: 'live.refused',
    text: more.text ?? `text of ${id}`,
  };
}

function effect(name: string, text = `words of ${name}`): EffectRow {
  return { key: key(name), scope: place, effect: { type: 'workspace.resolve', path: text, purpose: { type: 'run' } } };
}

function step(of: string, more: Partial<Omit<Step, 'input'>> = {}): Step {
  const nothing = { effects: [], facts: [], inputs: [], audit: [] };
  return { input: of as InputId, scope: place, state: initialState(place), ...nothing, ...more };
}

function alias(name: string, thread = `thread of ${name}`): Alias {
  return { kind: 'alias', name, thread, workspace: '/work', title: name, addedBy: 'chat:ann', addedAt: 5 } as Alias;
}

const put = (fact: Alias): FactChange => ({ type: 'put', fact });
const key = (text: string) => text as EffectKey;

/** Every input that waits, in order; commits them all. */
async function drain(store: Store): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let next = await store.nextInput(); next !== undefined; next = await store.nextInput()) {
    ids.push(next.id);
    await store.commit(step(next.id));
  }
  return ids;
}

async function keys(store: Store): Promise<readonly string[]> {
  return (await store.openEffects()).map((open) => open.key);
}

async function refusal(call: Promise<unknown>): Promise<ErrorCode | undefined> {
  const error: unknown = await call.then(
    () => expect.fail('the call was to be refused, but it succeeded'),
    (reason: unknown) => reason,
  );
  return isGatewayError(error) ? error.code : undefined;
}

function entry(outcome: string, more: Partial<AuditEntry> = {}): AuditEntry {
  const about = { scope: place.id, actor: 'chat:ann' as ActorId };
  return { at: 1_700_000_000_000, kind: 'access', ...about, outcome, detail: { rule: 'owner', until: null }, ...more };
}

/** The first place at which the log is not what was written; undefined where it is whole. Written from the definition, without a driver's code. */
async function firstBreak(store: Store): Promise<number | undefined> {
  const head = await store.auditHead();
  let [seq, hash] = [0, '0'.repeat(64)];
  for (const record of await store.readAudit(0, 1_000)) {
    const { seq: place, hash: claimed, ...content } = record;
    const text = JSON.stringify(inOrder([hash, content]));
    const expected = createHash('sha256').update(text).digest('hex');
    if (place !== seq + 1 || claimed !== expected) return seq + 1;
    [seq, hash] = [place, claimed];
  }
  if (head.seq !== seq) return Math.min(seq, head.seq) + 1;
  return head.hash === hash ? undefined : seq;
}

/** The same value with the keys of every object in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]) => [name, inOrder(part)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Prunes until nothing is left to drop; answers with the sum. */
async function pruneAll(store: Store, bodiesBefore: number, idsBefore: number): Promise<Pruned> {
  const sum = { bodies: 0, ids: 0 };
  for (;;) {
    const { bodies, ids } = await store.prune({ bodiesBefore, idsBefore });
    if (bodies + ids === 0) return sum;
    sum.bodies += bodies;
    sum.ids += ids;
  }
}

const never = 0;
const later = 8_000_000_000_000;

/** What every {@link Store} keeps. `createPlace` is called for each test and gives an empty place. */
export function storeContract(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(`store contract: ${name}`, () => {
    let home: StorePlace;
    let store: Store;
    let opened: Store[] = [];
    const remember = (one: Store) => {
      opened.push(one);
      return one;
    };
    const reopen = async () => {
      await store[Symbol.asyncDispose]();
      store = remember(await home.open());
    };

    beforeEach(async () => {
      home = await createPlace();
      store = remember(await home.open());
    });
    afterEach(async () => {
      for (const one of opened) await one[Symbol.asyncDispose]();
      opened = [];
      await home.remove();
    });

    describe('taking facts in', () => {
      it('hands inputs out in the order in which they were accepted', async () => {
        await store.accept({ inputs: [input('c'), input('a')] });
        await store.accept({ inputs: [input('b')] });
        expect(await drain(store)).toEqual(['c', 'a', 'b']);
      });

      it('gives the same input again until it is committed', async () => {
        await store.accept({ inputs: [input('a'), input('b')] });
        expect(await store.nextInput()).toEqual(input('a'));
        expect(await store.nextInput()).toEqual(input('a'));
        await store.commit(step('a'));
        expect(await store.nextInput()).toEqual(input('b'));
      });

      it('has nothing to hand out when everything is handled', async () => {
        expect(await store.nextInput()).toBeUndefined();
        await store.accept({ inputs: [] });
        expect(await store.nextInput()).toBeUndefined();
      });

      it('drops an input that waits already, and keeps the first body', async () => {
        await store.accept({ inputs: [input('a', { text: 'first' })] });
        await store.accept({ inputs: [input('a', { text: 'second' }), input('b')] });
        expect(await store.nextInput()).toEqual(input('a', { text: 'first' }));
        expect(await drain(store)).toEqual(['a', 'b']);
      });

      it('drops an input that was handled', async () => {
        await store.accept({ inputs: [input('a')] });
        await store.commit(step('a'));
        await store.accept({ inputs: [input('a'), input('b')] });
        expect(await drain(store)).toEqual(['b']);
      });

      it('drops the second of two equal ids in one batch', async () => {
        await store.accept({ inputs: [input('a', { text: 'first' }), input('b'), input('a', { text: 'second' })] });
        expect(await store.nextInput()).toEqual(input('a', { text: 'first' }));
        expect(await drain(store)).toEqual(['a', 'b']);
      });

      it('keeps the position of each channel, also of a batch without news', async () => {
        const other = 'other' as ChannelId;
        expect(await store.loadCursor(channel)).toBeUndefined();
        await store.accept({ inputs: [input('a')], channel, cursor: '1' as Cursor });
        await store.accept({ inputs: [input('a')], channel, cursor: '2' as Cursor });
        await store.accept({ inputs: [], channel: other, cursor: '' as Cursor });
        await store.accept({ inputs: [input('b')], channel });
        expect(await store.loadCursor(channel)).toBe('2');
        expect(await store.loadCursor(other)).toBe('');
      });

      it('does not keep the position of a batch it could not take', async () => {
        const unwritable = { ...input('b'), text: 1n } as unknown as Input;
        await refusal(store.accept({ inputs: [input('a'), unwritable], channel, cursor: '1' as Cursor }));
        expect(await store.loadCursor(channel)).toBeUndefined();
        expect(await store.nextInput()).toBeUndefined();
      });

      it('refuses a position of no channel', async () => {
        await refusal(store.accept({ inputs: [input('a')], cursor: '1' as Cursor }));
        expect(await store.nextInput()).toBeUndefined();
      });
    });

    describe('committing a decision', () => {
      it('stores state, effects and facts, and marks the input as handled', async () => {
        const state: ScopeState = { ...initialState(place), runs: 3 };
        await store.accept({ inputs: [input('a')] });
        await store.commit(step('a', { state, effects: [effect('a:0')], facts: [put(alias('code'))] }));
        expect(await store.loadScope(place.id)).toEqual(state);
        expect(await store.openEffects()).toEqual([{ ...effect('a:0'), isStarted: false, attempts: 0 }]);
        expect(await store.loadFacts()).toEqual([alias('code')]);
        expect(await store.nextInput()).toBeUndefined();
      });

      it('keeps scopes apart and replaces a state', async () => {
        const other: Scope = { ...place, id: scopeId(channel, 'other') };
        await store.accept({ inputs: [input('a'), input('b'), input('c')] });
        await store.commit(step('a', { state: { ...initialState(place), runs: 1 } }));
        await store.commit(step('b', { scope: other, state: initialState(other) }));
        await store.commit(step('c', { state: { ...initialState(place), runs: 2 } }));
        expect((await store.loadScope(place.id))?.runs).toBe(2);
        expect(await store.loadScope(other.id)).toEqual(initialState(other));
        expect(await store.loadScope(scopeId(channel, 'nobody'))).toBeUndefined();
      });

      it('commits an input that is not the oldest without losing the others', async () => {
        await store.accept({ inputs: [input('a'), input('b'), input('c')] });
        await store.commit(step('b'));
        expect(await drain(store)).toEqual(['a', 'c']);
      });

      it('refuses an input that was committed, and changes nothing', async () => {
        await store.accept({ inputs: [input('a')] });
        await store.commit(step('a'));
        const again = step('a', {
          state: { ...initialState(place), runs: 9 },
          effects: [effect('a:0')],
          facts: [put(alias('code'))],
        });
        await refusal(store.commit(again));
        expect(await store.loadScope(place.id)).toEqual(initialState(place));
        expect(await store.openEffects()).toEqual([]);
        expect(await store.loadFacts()).toEqual([]);
      });

      it('refuses an input it never accepted, and changes nothing', async () => {
        await refusal(store.commit(step('a', { effects: [effect('a:0')] })));
        expect(await store.loadScope(place.id)).toBeUndefined();
        expect(await store.openEffects()).toEqual([]);
        await store.accept({ inputs: [input('a')] });
        expect(await store.nextInput()).toEqual(input('a'));
      });

      it.each([
        ['open', []],
        ['settled', [key('a:0')]],
      ])('refuses an effect whose key is taken by an %s one, and changes nothing', async (_, settle) => {
        await store.accept({ inputs: [input('a'), input('b')] });
        await store.commit(step('a', { effects: [effect('a:0')] }));
        for (const one of settle) await store.settle(one, { type: 'done' });
        const before = await keys(store);
        await refusal(store.commit(step('b', { effects: [effect('b:0'), effect('a:0')], facts: [put(alias('code'))] })));
        expect(await keys(store)).toEqual(before);
        expect(await store.loadFacts()).toEqual([]);
        expect(await store.nextInput()).toEqual(input('b'));
      });

      it('refuses one key twice in a step, and changes nothing', async () => {
        await store.accept({ inputs: [input('a')] });
        await refusal(store.commit(step('a', { effects: [effect('a:0'), effect('a:0')] })));
        expect(await keys(store)).toEqual([]);
        expect(await store.nextInput()).toEqual(input('a'));
      });

      it('refuses a state it cannot write, and changes nothing', async () => {
        await store.accept({ inputs: [input('a')] });
        const state = { ...initialState(place), reply: 1n } as unknown as ScopeState;
        await refusal(store.commit(step('a', { state, effects: [effect('a:0')], facts: [put(alias('code'))] })));
        expect(await keys(store)).toEqual([]);
        expect(await store.loadScope(place.id)).toBeUndefined();
        expect(await store.nextInput()).toEqual(input('a'));
      });

      it('puts, replaces and removes facts in the order of the step', async () => {
        await store.accept({ inputs: [input('a'), input('b')] });
        await store.commit(step('a', { facts: [put(alias('x')), put(alias('y')), put(alias('y', 'newer'))] }));
        const remove = (name: string): FactChange => ({ type: 'remove', kind: 'alias', name });
        await store.commit(step('b', { facts: [remove('x'), remove('nobody'), put(alias('z')), remove('z'), put(alias('z'))] }));
        const byName = (await store.loadFacts()).toSorted((a, b) => (a.name < b.name ? -1 : 1));
        expect(byName).toEqual([alias('y', 'newer'), alias('z')]);
      });
    });

    describe('facts for other conversations', () => {
      const elsewhere: Scope = { ...place, id: scopeId(channel, 'elsewhere') };

      it('takes them in with the decision, behind what waits', async () => {
        await store.accept({ inputs: [input('a'), input('b')] });
        await store.commit(step('a', { inputs: [input('n', { scope: elsewhere }), input('m')] }));
        expect(await store.nextInput()).toEqual(input('b'));
        await store.commit(step('b'));
        expect(await store.nextInput()).toEqual(input('n', { scope: elsewhere }));
        expect(await drain(store)).toEqual(['n', 'm']);
      });

      it('takes each in once, as accept does', async () => {
        await store.accept({ inputs: [input('a'), input('b', { text: 'first' })] });
        await store.commit(step('a', { inputs: [input('a'), input('b', { text: 'second' }), input('n'), input('n')] }));
        expect(await store.nextInput()).toEqual(input('b', { text: 'first' }));
        await store.commit(step('b', { inputs: [input('n')] }));
        await store.accept({ inputs: [input('n')] });
        expect(await drain(store)).toEqual(['n']);
        await store.accept({ inputs: [input('n')] });
        expect(await drain(store)).toEqual([]);
      });

      it('takes none in when the step is refused', async () => {
        await store.accept({ inputs: [input('a')] });
        const unwritable = { ...input('m'), text: 1n } as unknown as Input;
        await refusal(
          store.commit(step('a', { effects: [effect('a:0')], inputs: [input('n'), unwritable], audit: [entry('x')] })),
        );
        expect(await store.openEffects()).toEqual([]);
        expect(await store.readAudit(0, 10)).toEqual([]);
        await refusal(store.commit(step('a', { effects: [effect('a:0'), effect('a:0')], inputs: [input('n')] })));
        expect(await drain(store)).toEqual(['a']);
      });
    });

    describe('the audit log', () => {
      const write = async (...outcomes: readonly string[]) => {
        for (const outcome of outcomes) {
          await store.accept({ inputs: [input(`for ${outcome}`)] });
          await store.commit(step(`for ${outcome}`, { audit: [entry(outcome)] }));
        }
      };

      it('begins empty', async () => {
        expect(await store.readAudit(0, 10)).toEqual([]);
        expect(await store.auditHead()).toEqual({ seq: 0, hash: '0'.repeat(64) });
        expect(await firstBreak(store)).toBeUndefined();
      });

      it('keeps entries whole and in the order of steps and of each step, numbered from 1', async () => {
        const sparse: AuditEntry = { at: 5, kind: 'config', outcome: 'changed', detail: {} };
        const rich = entry('refused', { kind: 'run', detail: { list: [1.5, 'two', { b: false, a: null }] } });
        await store.accept({ inputs: [input('a'), input('b'), input('c')] });
        await store.commit(step('a', { audit: [entry('allowed'), rich] }));
        await store.commit(step('b'));
        await store.commit(step('c', { audit: [sparse] }));
        const records = await store.readAudit(0, 10);
        expect(records.map(({ hash, ...content }) => content)).toEqual([
          { ...entry('allowed'), seq: 1 },
          { ...rich, seq: 2 },
          { ...sparse, seq: 3 },
        ]);
        expect(await store.auditHead()).toEqual({ seq: 3, hash: records[2]?.hash });
        expect(await firstBreak(store)).toBeUndefined();
      });

      it('hashes the way it always did, so that logs of older versions stay valid', async () => {
        await write('allowed');
        expect((await store.readAudit(0, 1))[0]?.hash).toBe('b9bad537522046b194f6a1767df657847664084d42a41202e270d5590fff1f1b');
      });

      it('is read page by page', async () => {
        await write('one', 'two', 'three', 'four');
        const seqs = async (after: number, limit: number) => (await store.readAudit(after, limit)).map((record) => record.seq);
        expect(await seqs(0, 2)).toEqual([1, 2]);
        expect(await seqs(2, 2)).toEqual([3, 4]);
        expect(await seqs(3, 100)).toEqual([4]);
        expect(await seqs(4, 2)).toEqual([]);
      });

      it('is one chain over restarts and takeovers', async () => {
        await write('one', 'two');
        await reopen();
        await write('three');
        store = remember(await home.takeOver());
        await write('four');
        expect((await store.readAudit(0, 10)).map((record) => record.outcome)).toEqual(['one', 'two', 'three', 'four']);
        expect(await firstBreak(store)).toBeUndefined();
      });

      it('takes entries outside of steps, too: all of a call or none, in one chain with the others', async () => {
        await write('one');
        await store.record([entry('planned', { kind: 'run' }), entry('refused')]);
        await store.record([]);
        const unwritable = entry('odd', { detail: { size: 1n } as unknown as JsonObject });
        await refusal(store.record([entry('lost'), unwritable]));
        await write('two');
        expect((await store.readAudit(0, 10)).map((record) => record.outcome)).toEqual(['one', 'planned', 'refused', 'two']);
        expect(await firstBreak(store)).toBeUndefined();
      });

      it('has nothing of a step that was refused, and goes on without a gap', async () => {
        await write('one');
        await refusal(store.commit(step('for one', { audit: [entry('again')] })));
        await store.accept({ inputs: [input('b')] });
        await refusal(store.commit(step('b', { effects: [effect('b:0'), effect('b:0')], audit: [entry('taken')] })));
        const unwritable = entry('odd', { detail: { size: 1n } as unknown as JsonObject });
        await refusal(store.commit(step('b', { state: { ...initialState(place), runs: 5 }, audit: [entry('ok'), unwritable] })));
        expect((await store.loadScope(place.id))?.runs).toBe(0);
        expect(await store.nextInput()).toEqual(input('b'));
        await write('two');
        expect((await store.readAudit(0, 10)).map((record) => [record.seq, record.outcome])).toEqual([
          [1, 'one'],
          [2, 'two'],
        ]);
        expect(await firstBreak(store)).toBeUndefined();
      });

      it.each([
        ['\ud83e', '\ud83d'],
        ['\u0000', '\u0001'],
      ])('keeps odd text %j apart from %j', async (odd, near) => {
        await store.accept({ inputs: [input('a')] });
        const audit = [odd, near].map((text) =>
          entry(text, { scope: scopeId(channel, text), actor: text as ActorId, detail: { [text]: text } }),
        );
        await store.commit(step('a', { audit }));
        const records = await store.readAudit(0, 10);
        expect(records.map(({ seq, hash, ...content }) => content)).toEqual(audit);
        expect(await firstBreak(store)).toBeUndefined();
      });

      describe.each([1, 2, 3])('of three records, number %i', (seq) => {
        const edits: readonly (readonly [string, (record: AuditRecord) => AuditRecord])[] = [
          ['moment', (record) => ({ ...record, at: record.at + 1 })],
          ['kind', (record) => ({ ...record, kind: 'config' })],
          ['scope', (record) => ({ ...record, scope: scopeId(channel, 'other') })],
          ['lack of a scope', ({ scope, ...record }) => record],
          ['actor', (record) => ({ ...record, actor: 'chat:mallory' as ActorId })],
          ['outcome', (record) => ({ ...record, outcome: 'allowed' })],
          ['detail', (record) => ({ ...record, detail: { ...record.detail, rule: 'nobody' } })],
          ['hash', (record) => ({ ...record, hash: 'f'.repeat(64) })],
        ];
        beforeEach(async () => {
          await write('one', 'two', 'three');
          await store[Symbol.asyncDispose]();
        });

        it.each(edits)('is found when somebody changed its %s', async (_, edit) => {
          await home.rewriteAudit((records) => records.map((record) => (record.seq === seq ? edit(record) : record)));
          store = remember(await home.open());
          expect(await firstBreak(store)).toBe(seq);
        });

        it('is missed when somebody dropped it, also after the log went on', async () => {
          await home.rewriteAudit((records) => records.filter((record) => record.seq !== seq));
          store = remember(await home.open());
          expect(await firstBreak(store)).toBe(seq);
          await write('four');
          expect(await firstBreak(store)).toBe(seq);
        });

        it('is missed when somebody dropped it and all that came after', async () => {
          await home.rewriteAudit((records) => records.filter((record) => record.seq < seq));
          store = remember(await home.open());
          expect(await firstBreak(store)).toBe(seq);
        });
      });

      it('lets no record in behind its end', async () => {
        await write('one', 'two');
        await store[Symbol.asyncDispose]();
        const forged = { ...entry('allowed'), seq: 3, hash: 'f'.repeat(64) };
        await home.rewriteAudit((records) => [...records, forged]);
        store = remember(await home.open());
        expect(await firstBreak(store)).toBe(3);
      });
    });

    describe('dropping what nobody needs any more', () => {
      beforeEach(async () => {
        await store.accept({ inputs: ['a', 'b', 'c'].map((id) => input(id)), channel, cursor: '3' as Cursor });
        await store.commit(
          step('a', { effects: [effect('x'), effect('y')], facts: [put(alias('code'))], audit: [entry('allowed')] }),
        );
        await store.commit(step('b', { effects: [effect('z')], inputs: [input('n')] }));
        await store.settle(key('x'), { type: 'done' });
        await store.settle(key('y'), { type: 'retry', at: 7, code: 'channel.unreachable' });
        await store.start(key('z'));
      });

      it('drops nothing that is young enough', async () => {
        expect(await pruneAll(store, never, never)).toEqual({ bodies: 0, ids: 0 });
      });

      it('still knows every repetition after the bodies are gone', async () => {
        expect((await pruneAll(store, later, never)).ids).toBe(0);
        await store.accept({ inputs: [input('a'), input('b'), input('c')] });
        await store.settle(key('x'), { type: 'failed', code: 'channel.rejected' }, [input('late')]);
        await refusal(store.start(key('x')));
        await refusal(store.commit(step('c', { effects: [effect('x')] })));
        expect(await drain(store)).toEqual(['c', 'n']);
      });

      it('forgets ids when they are old enough, and only then takes the same name for something new', async () => {
        expect((await pruneAll(store, later, later)).ids).toBe(3);
        await store.accept({ inputs: [input('a', { text: 'anew' }), input('c', { text: 'still known' })] });
        expect(await store.nextInput()).toEqual(input('c'));
        await store.commit(step('c', { effects: [effect('x')] }));
        expect(await drain(store)).toEqual(['n', 'a']);
        expect(await keys(store)).toEqual(['y', 'z', 'x']);
      });

      it('never touches open work, states, positions, facts or the audit log', async () => {
        const see = async () => ({
          next: await store.nextInput(),
          open: await store.openEffects(),
          state: await store.loadScope(place.id),
          cursor: await store.loadCursor(channel),
          facts: await store.loadFacts(),
          audit: await store.readAudit(0, 10),
        });
        const before = await see();
        expect(before.open).toHaveLength(2);
        await pruneAll(store, later, later);
        expect(await see()).toEqual(before);
        await reopen();
        expect(await see()).toEqual(before);
        expect(await drain(store)).toEqual(['c', 'n']);
      });

      it('takes the bodies of ids that go along', async () => {
        expect((await pruneAll(store, never, later)).ids).toBe(3);
        expect(await pruneAll(store, later, later)).toEqual({ bodies: 0, ids: 0 });
      });

      it('comes to an end however much there is', { timeout: 30_000 }, async () => {
        const ids = Array.from({ length: 1_200 }, (_, n) => `m${n}`);
        await store.accept({ inputs: ids.map((id) => input(id)) });
        await drain(store);
        expect((await pruneAll(store, later, later)).ids).toBe(1_205);
      });
    });

    describe('performing effects', () => {
      beforeEach(async () => {
        await store.accept({ inputs: [input('a'), input('b')] });
        await store.commit(step('a', { effects: [effect('z'), effect('m')] }));
        await store.commit(step('b', { effects: [effect('a')] }));
      });

      it('lists open effects in the order in which they were committed', async () => {
        expect(await keys(store)).toEqual(['z', 'm', 'a']);
        await store.settle(key('m'), { type: 'done' });
        expect(await keys(store)).toEqual(['z', 'a']);
      });

      it('remembers that an effect may have happened', async () => {
        await store.start(key('m'));
        const started = (await store.openEffects()).filter((open) => open.isStarted);
        expect(started).toEqual([{ ...effect('m'), isStarted: true, attempts: 0 }]);
      });

      it('may be told twice that an effect begins, as recovery does', async () => {
        await store.start(key('m'));
        await store.start(key('m'));
        expect((await store.openEffects())[1]).toEqual({ ...effect('m'), isStarted: true, attempts: 0 });
      });

      it('refuses to begin what has its outcome', async () => {
        await store.settle(key('m'), { type: 'done' });
        await refusal(store.start(key('m')));
        expect(await keys(store)).toEqual(['z', 'a']);
      });

      it('puts an effect off: not started, one try more, not before its moment', async () => {
        await store.start(key('m'));
        await store.settle(key('m'), { type: 'retry', at: 1_700_000_009_000, code: 'channel.rate_limited' });
        expect((await store.openEffects())[1]).toEqual({
          ...effect('m'),
          isStarted: false,
          attempts: 1,
          notBefore: 1_700_000_009_000,
        });
        await store.start(key('m'));
        await store.settle(key('m'), { type: 'retry', at: 1_700_000_010_000, code: 'channel.unreachable' });
        expect((await store.openEffects())[1]).toMatchObject({ attempts: 2, notBefore: 1_700_000_010_000 });
        expect(await keys(store)).toEqual(['z', 'm', 'a']);
      });

      it.each([
        { type: 'done' } as const,
        { type: 'failed', code: 'channel.target_gone' } as const,
        { type: 'unknown' } as const,
      ])('closes an effect as $type, started or not', async (outcome) => {
        await store.start(key('m'));
        await store.settle(key('m'), outcome);
        await store.settle(key('z'), outcome);
        expect(await keys(store)).toEqual(['a']);
      });

      it('takes in what came of an effect, each fact once', async () => {
        await store.settle(key('m'), { type: 'done' }, [input('r1'), input('r2'), input('r1'), input('a')]);
        await store.settle(key('z'), { type: 'retry', at: 1, code: 'channel.unreachable' }, [input('r2'), input('r3')]);
        expect(await drain(store)).toEqual(['r1', 'r2', 'r3']);
      });

      it('changes nothing when an effect is settled twice', async () => {
        await store.settle(key('m'), { type: 'failed', code: 'channel.rejected' }, [input('r1')]);
        await store.settle(key('m'), { type: 'retry', at: 1, code: 'channel.unreachable' }, [input('r2')]);
        await store.settle(key('m'), { type: 'done' }, [input('r3')]);
        expect(await keys(store)).toEqual(['z', 'a']);
        expect(await drain(store)).toEqual(['r1']);
      });

      it('neither starts nor settles what does not exist', async () => {
        await refusal(store.start(key('nobody')));
        await refusal(store.settle(key('nobody'), { type: 'done' }, [input('r1')]));
        expect(await store.nextInput()).toBeUndefined();
        expect(await keys(store)).toEqual(['z', 'm', 'a']);
      });

      it('leaves an effect open when its results cannot be written', async () => {
        const unwritable = { ...input('r2'), text: 1n } as unknown as Input;
        await refusal(store.settle(key('m'), { type: 'done' }, [input('r1'), unwritable]));
        expect(await keys(store)).toEqual(['z', 'm', 'a']);
        expect(await store.nextInput()).toBeUndefined();
      });
    });

    describe('remembering', () => {
      it('has everything after it was opened again', async () => {
        const state: ScopeState = { ...initialState(place), rounds: 4 };
        await store.accept({ inputs: [input('a'), input('b'), input('c')], channel, cursor: 'here' as Cursor });
        await store.commit(step('a', { state, effects: [effect('x'), effect('y'), effect('z')], facts: [put(alias('code'))] }));
        await store.start(key('x'));
        await store.settle(key('y'), { type: 'retry', at: 7, code: 'runner.overloaded' });
        await store.settle(key('z'), { type: 'done' });
        await reopen();
        expect(await store.loadCursor(channel)).toBe('here');
        expect(await store.loadScope(place.id)).toEqual(state);
        expect(await store.loadFacts()).toEqual([alias('code')]);
        expect(await store.openEffects()).toEqual([
          { ...effect('x'), isStarted: true, attempts: 0 },
          { ...effect('y'), isStarted: false, attempts: 1, notBefore: 7 },
        ]);
        await store.settle(key('z'), { type: 'done' }, [input('late')]);
        await store.accept({ inputs: [input('a'), input('d')] });
        expect(await drain(store)).toEqual(['b', 'c', 'd']);
      });

      it('gives out values that do not change with what the caller does to them', async () => {
        const reply = { context: 'old' };
        await store.accept({ inputs: [input('a')] });
        await store.commit(step('a', { state: { ...initialState(place), reply } }));
        reply.context = 'new';
        const loaded = await store.loadScope(place.id);
        expect(loaded?.reply).toEqual({ context: 'old' });
        Object.assign(loaded?.reply as object, { context: 'changed' });
        expect((await store.loadScope(place.id))?.reply).toEqual({ context: 'old' });
      });

      it('keeps large values whole', { timeout: 30_000 }, async () => {
        const text = 'Ünï©ødé 漢字 🧵 '.repeat(400_000);
        await store.accept({ inputs: [input('a', { text })] });
        await store.commit(
          step('a', {
            state: { ...initialState(place), reply: text },
            effects: [effect('x', text)],
          }),
        );
        await reopen();
        expect((await store.loadScope(place.id))?.reply === text).toBe(true);
        expect(await store.openEffects()).toHaveLength(1);
      });

      it.each([
        ['quotes and statements', `'; drop table inbox; -- "`],
        ['a NUL character', 'before\u0000after'],
        ['line and paragraph separators', '\u2028\u2029\r\n\t'],
        ['half a surrogate pair', 'half \ud83e and \udd21', 'half \ud83e and \udd22'],
        ['nothing', ''],
      ])('keeps text and names that hold %s', async (_, odd, near = `${odd}!`) => {
        const scope: Scope = { ...place, id: scopeId(channel, odd), title: odd };
        const state: ScopeState = { ...initialState(scope), reply: { [odd]: odd } };
        const row: EffectRow = { ...effect(odd, odd), scope };
        await store.accept({
          inputs: [input(odd, { text: odd }), input(near)],
          channel: odd as ChannelId,
          cursor: odd as Cursor,
        });
        expect(await store.nextInput()).toEqual(input(odd, { text: odd }));
        await store.commit(step(odd, { scope, state, effects: [row], facts: [put(alias(odd)), put(alias(near))] }));
        expect((await store.nextInput())?.id === near).toBe(true);
        expect((await store.loadScope(scope.id))?.reply).toEqual({ [odd]: odd });
        expect(await store.openEffects()).toEqual([{ ...row, isStarted: false, attempts: 0 }]);
        expect(await store.loadCursor(odd as ChannelId)).toBe(odd);
        expect(await store.loadFacts()).toHaveLength(2);
        await store.settle(key(odd), { type: 'done' });
        expect(await store.openEffects()).toEqual([]);
      });

      it('refuses a state of a version it does not know, and leaves it as it is', async () => {
        const later = { ...initialState(place), v: 999 } as unknown as ScopeState;
        await store.accept({ inputs: [input('a'), input('b')] });
        await store.commit(step('a', { state: later }));
        for (let time = 0; time < 2; time += 1) {
          const error: unknown = await store.loadScope(place.id).catch((reason: unknown) => reason);
          expect(error).toMatchObject({
            ...{ code: 'store.newer_schema', certain: true },
            message: expect.stringContaining('version 999'),
            remedy: expect.stringContaining('Update'),
          });
          await reopen();
        }
        expect(await store.nextInput()).toEqual(input('b'));
      });

      it('keeps calls made at once apart and in order', async () => {
        const ids = Array.from({ length: 50 }, (_, index) => `i${index}`);
        await Promise.all(ids.map((id) => store.accept({ inputs: [input(id)] })));
        expect(await drain(store)).toEqual(ids);
      });
    });

    describe('owning the data', () => {
      it('fences the earlier opener: none of its calls does anything', async () => {
        await store.accept({ inputs: [input('a'), input('b')] });
        await store.commit(step('a', { effects: [effect('x')] }));
        const next = remember(await home.takeOver());
        const late: readonly (readonly [string, () => Promise<unknown>])[] = [
          ['accept', () => store.accept({ inputs: [input('c')], channel, cursor: '9' as Cursor })],
          ['commit', () => store.commit(step('b', { effects: [effect('y')], facts: [put(alias('code'))] }))],
          ['start', () => store.start(key('x'))],
          ['settle', () => store.settle(key('x'), { type: 'done' }, [input('r')])],
          ['nextInput', () => store.nextInput()],
          ['openEffects', () => store.openEffects()],
          ['loadScope', () => store.loadScope(place.id)],
          ['loadCursor', () => store.loadCursor(channel)],
          ['loadFacts', () => store.loadFacts()],
          ['readAudit', () => store.readAudit(0, 1)],
          ['auditHead', () => store.auditHead()],
          ['record', () => store.record([entry('late')])],
          ['prune', () => store.prune({ bodiesBefore: later, idsBefore: later })],
        ];
        for (const [verb, call] of late) expect([verb, await refusal(call())]).toEqual([verb, 'store.fenced']);
        expect(await next.openEffects()).toEqual([{ ...effect('x'), isStarted: false, attempts: 0 }]);
        expect(await next.loadCursor(channel)).toBeUndefined();
        expect(await next.loadFacts()).toEqual([]);
        expect(await drain(next)).toEqual(['b']);
      });

      it('lets the new owner work on when the fenced one closes', async () => {
        const next = remember(await home.takeOver());
        await store[Symbol.asyncDispose]();
        await next.accept({ inputs: [input('a')] });
        expect(await drain(next)).toEqual(['a']);
      });

      it('refuses calls after it was closed, and closes twice without complaint', async () => {
        await store[Symbol.asyncDispose]();
        await store[Symbol.asyncDispose]();
        expect(await refusal(store.accept({ inputs: [input('a')] }))).toBe('store.closed');
        expect(await refusal(store.nextInput())).toBe('store.closed');
        store = remember(await home.open());
        expect(await store.nextInput()).toBeUndefined();
      });
    });
  });
}
