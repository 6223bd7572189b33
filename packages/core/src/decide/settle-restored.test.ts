import { expect, it } from 'vitest';
import { fired, givenScope, lost, message, openApproval, storeRestored, testRules } from '../testing/given.ts';
import { applyFacts, noFacts } from './facts.ts';
import type { Input } from './input.ts';
import type { HeldMessage } from './scope-state.ts';

const restoredAt = 1_700_000_900_000;
const facts = applyFacts(noFacts, [{ type: 'put', fact: { kind: 'restored', name: 'store', copiedAt: 5, restoredAt } }]);
const given = givenScope({ facts, runs: { ...testRules.runs, quietWindowMs: 0 } });
const after = (input: Input): Input => ({ ...input, at: restoredAt });
const since = (text: string) => message(text, { at: restoredAt + 1 });

it('keeps words that waited, tells of them once, and sends them on when somebody says so', () => {
  const woken = given.collecting('one', 'two').when(after(storeRestored()));
  woken.leadsTo({ says: [/put back from a copy. 2 messages .* 0 replies/], asks: [], phase: 'idle', waiting: [] });
  const fires = woken.when(after(fired({ name: 'quiet', round: 1 }))).leadsTo({ says: [], asks: [], phase: 'idle' });
  const shown = fires.when(since('/queue'));
  shown.leadsTo({ says: [/2 messages are kept: `\/queue resume`\n- one\n- two/] });
  shown.when(since('/queue resume')).leadsTo({ asks: ['workspace.resolve'], waiting: ['one', 'two'] });
});

it('tells a run that went on when the copy was made as lost, and starts nothing', () => {
  const open = given.running({ approvals: [openApproval('k7')], waiting: ['next'] });
  const woken = open.when(after(storeRestored()));
  woken.leadsTo({ says: [/made while this run went on/, /1 message /], asks: [], phase: 'idle', waiting: [] });
  woken.when(after(lost())).leadsTo({ says: [], asks: [], phase: 'idle' });
});

it('does not say again by itself what waited to be said', () => {
  const held: HeldMessage = { order: 3, message: { markdown: 'the answer' }, purpose: 'final', at: 1 };
  const ledger = { budget: {} as never, count: 3, held: [held] };
  const woken = given.idle({ ledger }).when(after(storeRestored()));
  woken.leadsTo({ says: [/0 messages .* 1 reply/], phase: 'idle' });
  expect(woken.decision.state.ledger?.held).toEqual([]);
  woken.when(since('/queue resume')).leadsTo({ says: ['the answer'], phase: 'idle' });
});

it('keeps messages that were written before and come only now; commands among them are not carried out', () => {
  const late = given.idle().when(after(message('do it', { at: restoredAt - 1 })));
  late.leadsTo({ says: [/1 message /], asks: [], phase: 'idle' });
  const more = late.when(after(message('and that', { at: restoredAt - 1 }))).leadsTo({ says: [], asks: [] });
  expect(more.decision.state.parked?.prompts.map(({ text }) => text)).toEqual(['do it', 'and that']);
  more.when(after(message('/stop all', { at: restoredAt - 1 }))).leadsTo({ says: [/`\/stop` was given before/], asks: [] });
});

it('fetches the files of a message that is kept', () => {
  const late = message('look', { at: restoredAt - 1, attachments: [{ kind: 'file', ref: 1 }] });
  given
    .idle()
    .when(after(late))
    .leadsTo({ says: [/1 message /], asks: ['attachments.fetch'] });
});

it('leaves out facts that nobody had decided about when the copy was made', () => {
  given
    .collecting('one')
    .when(fired({ name: 'quiet', round: 1 }))
    .leadsTo({ says: [/1 message /], asks: [], phase: 'idle' });
});

it('is settled once: what comes later goes its way', () => {
  const woken = given.idle().when(after(since('hello')));
  woken.leadsTo({ says: [], asks: ['workspace.resolve'], waiting: ['hello'] });
  expect(woken.decision.state.restoredAt).toBe(restoredAt);
});
