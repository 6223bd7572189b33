import { emptyView, reduceView, viewText } from '@threadbridge/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTurn } from '../../test/read-fixture.ts';
import { toRunEvent } from './to-run-event.ts';
import { toRunItem } from './to-run-item.ts';

const eventsOf = (name: string) =>
  readTurn(name).flatMap(({ method, params }) => {
    const event = toRunEvent(method, params);
    return event === undefined ? [] : [event];
  });

describe('a captured turn', () => {
  it('becomes items, deltas and usage', () => {
    const events = eventsOf('turn-text');
    expect(viewText(events.reduce(reduceView, emptyView))).toBe('First, I look.\n\nAll is well.');
    expect(events.find((event) => event.type === 'item.completed' && event.item.type === 'user.message')).toMatchObject({
      item: { clientKey: 'key-1' },
    });
    expect(events.findLast((event) => event.type === 'usage.updated')).toMatchObject({
      usage: { total: { output: expect.any(Number) }, contextWindow: 258_400 },
    });
  });

  it('keeps the plan and the reasoning', () => {
    const events = eventsOf('turn-plan-and-reasoning');
    expect(events.find((event) => event.type === 'plan.updated')).toMatchObject({
      steps: [
        { step: 'read', status: 'completed' },
        { step: 'write', status: 'inProgress' },
        { step: 'rest', status: 'pending' },
      ],
    });
    expect(events.find((event) => event.type === 'reasoning.delta')).toMatchObject({ delta: 'Hm, well.' });
  });

  it('shows a command whole, where Codex itself shortens it for display', () => {
    const items = eventsOf('turn-command-approval').flatMap((event) => (event.type === 'item.completed' ? [event.item] : []));
    expect(items.find((item) => item.type === 'command')).toMatchObject({
      command: `echo "it's"; ls -a | wc -l`,
      status: 'completed',
    });
  });

  it('shows file changes with their diffs', () => {
    const items = eventsOf('turn-file-approval').flatMap((event) => (event.type === 'item.completed' ? [event.item] : []));
    expect(items.filter((item) => item.type === 'file.change')).toMatchObject([
      { changes: [{ path: '/work/project/a.txt', kind: 'update', diff: expect.stringContaining('+three') }] },
      { changes: [{ path: '/work/project/b.txt', kind: 'add', diff: 'new\n' }] },
    ]);
  });

  it('tells a retry and keeps the end to others', () => {
    expect(eventsOf('turn-unauthorized').some((event) => event.type === 'turn.retrying')).toBe(true);
    expect(eventsOf('turn-limit').some((event) => event.type.startsWith('turn.'))).toBe(false);
  });
});

describe('what this version does not know', () => {
  it('becomes an item of kind other', () => {
    expect(toRunItem({ type: 'hologram', id: 'x' }, 'inProgress')).toEqual({ type: 'other', id: 'x', name: 'hologram' });
  });

  it('says nothing as a notification', () => {
    expect(toRunEvent('item/hologram/delta', { delta: 'x' })).toBeUndefined();
  });

  it('never throws, whatever comes', () => {
    const methods = [
      ...new Set(
        ['turn-text', 'turn-mcp', 'turn-file-approval', 'turn-unauthorized'].flatMap(readTurn).map(({ method }) => method),
      ),
    ];
    const types = ['commandExecution', 'fileChange', 'mcpToolCall', 'userMessage', 'reasoning', 'webSearch', 'agentMessage'];
    const item = fc
      .record({ type: fc.constantFrom(...types) })
      .chain((known) => fc.dictionary(fc.string(), fc.jsonValue()).map((rest) => ({ ...rest, ...known })));
    const params = fc.oneof(
      fc.jsonValue(),
      fc.record({
        item,
        changes: fc.jsonValue(),
        plan: fc.array(fc.jsonValue()),
        tokenUsage: fc.jsonValue(),
        error: fc.jsonValue(),
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...methods, 'unknown/method'), params, (method, value) => {
        expect(() => toRunEvent(method, value)).not.toThrow();
      }),
    );
  });

  it('loses single fields without harm', () => {
    const messages = ['turn-text', 'turn-mcp', 'turn-file-approval', 'turn-command-approval'].flatMap(readTurn);
    fc.assert(
      fc.property(fc.constantFrom(...messages), fc.infiniteStream(fc.boolean()), ({ method, params }, dice) => {
        const thin = JSON.parse(
          JSON.stringify(params, (_, value) => (dice.next().value ? value : undefined)) ?? 'null',
        ) as unknown;
        expect(() => toRunEvent(method, thin)).not.toThrow();
      }),
    );
  });
});
