import { expect, it } from 'vitest';
import { asId, type ItemId } from './ids.ts';
import type { RunEvent } from './run-event.ts';
import { emptyView, reduceView, viewText } from './run-view.ts';

const a = asId<ItemId>('a');
const fold = (...events: RunEvent[]) => events.reduce(reduceView, emptyView);

it('joins deltas and lets the finished message replace them', () => {
  const draft = fold({ type: 'text.delta', item: a, delta: 'Hel' }, { type: 'text.delta', item: a, delta: 'lo' });
  expect(draft.texts).toEqual([{ item: a, text: 'Hello', isDraft: true }]);
  const done = reduceView(draft, {
    type: 'item.completed',
    item: { id: a, type: 'agent.message', text: 'Hello!', phase: 'final' },
  });
  expect(done.texts).toEqual([{ item: a, text: 'Hello!', isDraft: false }]);
  expect(viewText(done)).toBe('Hello!');
});

it('stands in line until it tells anything else', () => {
  const inLine = fold({ type: 'turn.waiting', place: 2, for: 'slot' }, { type: 'turn.waiting', place: 1, for: 'slot' });
  expect(inLine).toEqual({ ...emptyView, line: { place: 1, for: 'slot' } });
  expect(reduceView(inLine, { type: 'thread.started', thread: asId('t'), isNew: true })).toEqual(emptyView);
  expect(reduceView(inLine, { type: 'turn.interrupted', text: '' })).toEqual({ ...emptyView, status: 'interrupted' });
});

it('forgets a draft that was dropped', () => {
  expect(fold({ type: 'text.delta', item: a, delta: 'x' }, { type: 'item.dropped', item: a }).texts).toEqual([]);
});

it('waits while a question is open and runs on when it is closed', () => {
  const asked = fold(
    { type: 'turn.started', turn: asId('t') },
    {
      type: 'approval.requested',
      approval: { id: asId('q'), kind: 'command', command: 'ls', offered: ['accept'] },
    },
  );
  expect(asked.status).toBe('waiting');
  expect(reduceView(asked, { type: 'approval.closed', approval: asId('q') }).status).toBe('running');
});

it('shows one step for one item, in its latest state', () => {
  const command = { id: a, type: 'command', command: 'ls' } as const;
  const view = fold(
    { type: 'item.started', item: { ...command, status: 'inProgress' } },
    { type: 'item.completed', item: { ...command, status: 'completed', exitCode: 0 } },
  );
  expect(view.steps).toEqual([{ ...command, status: 'completed', exitCode: 0 }]);
});

it('closes everything with the end of the turn', () => {
  const view = fold(
    { type: 'text.delta', item: a, delta: 'half' },
    { type: 'approval.requested', approval: { id: asId('q'), kind: 'command', command: 'ls', offered: [] } },
    { type: 'turn.interrupted', text: '' },
  );
  expect(view).toMatchObject({ status: 'interrupted', approvals: [], texts: [{ text: 'half', isDraft: false }] });
});
