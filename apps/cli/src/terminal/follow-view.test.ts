import { asId, emptyView, type ItemId, type RunEvent, type RunItem, type RunView, reduceView } from '@threadbridge/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textsIn } from '../texts/texts.ts';
import { activity, closeView, followView, nothingPrinted, type Printed } from './follow-view.ts';
import { closeGaps, type Line } from './spans.ts';

const words = textsIn('en').terminal;
const options = { shortPath: (path: string) => path.replace('/work/', ''), words };
const item = (name: string) => asId<ItemId>(name);
const delta = (name: string, text: string): RunEvent => ({ type: 'text.delta', item: item(name), delta: text });
const message = (name: string, text: string): RunEvent => ({
  type: 'item.completed',
  item: { type: 'agent.message', id: item(name), text, phase: 'final' },
});
const command = (name: string, more: Partial<Extract<RunItem, { type: 'command' }>>): RunItem => ({
  ...{ type: 'command', id: item(name), command: 'npm test', status: 'completed' },
  ...more,
});
const done: RunEvent = { type: 'turn.completed', turn: asId('t'), text: '' };

/** What is read of a run whose events are shown in groups, and the last view. */
function watch(groups: readonly (readonly RunEvent[])[], end?: (view: RunView) => RunView) {
  let view: RunView = { ...emptyView, status: 'running' };
  let printed: Printed = nothingPrinted;
  let tail: readonly Line[] = [];
  const lines: Line[] = [];
  for (const group of groups) {
    view = group.reduce(reduceView, view);
    const next = followView(printed, view, options);
    printed = next.printed;
    lines.push(...next.lines);
    ({ tail } = next);
  }
  if (end !== undefined) {
    const last = closeView(printed, end(view), options);
    printed = last.printed;
    lines.push(...last.lines);
    ({ tail } = last);
  }
  return { text: closeGaps(lines, true).map((line) => line.raw), tail: tail.map((line) => line.raw), printed, view };
}

const completed = (view: RunView) => reduceView(view, done);

it('prints lines when they are complete and shows the one being written', () => {
  const { text, tail } = watch([[delta('a', 'one\ntw')]]);
  expect(text).toEqual(['one']);
  expect(tail).toEqual(['tw']);
});

it('goes on where it stopped', () => {
  const { text, tail } = watch(
    [[delta('a', 'one\ntw')], [delta('a', 'o\nthree')], [message('a', 'one\ntwo\nthree\n')]],
    completed,
  );
  expect(text).toEqual(['one', 'two', 'three']);
  expect(tail).toEqual([]);
});

it('says so when a draft was taken back', () => {
  const { text } = watch(
    [[delta('a', 'wrong\nwro')], [{ type: 'item.dropped', item: item('a') }, delta('b', 'right\n')]],
    completed,
  );
  expect(text).toEqual(['wrong', '(restarted)', '', 'right']);
});

it('says nothing about a draft of which nothing was printed', () => {
  const { text } = watch([[delta('a', 'wro')], [{ type: 'item.dropped', item: item('a') }, delta('b', 'right\n')]], completed);
  expect(text).toEqual(['right']);
});

it('says so when a message ends in other words than it began', () => {
  const { text } = watch([[delta('a', 'wrong\n')], [message('a', 'right')]], completed);
  expect(text).toEqual(['wrong', '(restarted)', '', 'right']);
});

it('sets messages apart', () => {
  expect(watch([[message('a', 'one'), message('b', 'two')]], completed).text).toEqual(['one', '', 'two']);
});

describe('steps', () => {
  it('shows a command once, when it has ended, with what it printed', () => {
    const started: RunEvent = { type: 'item.started', item: command('c', { status: 'inProgress' }) };
    const ended: RunEvent = {
      type: 'item.completed',
      item: command('c', { exitCode: 1, durationMs: 1_240, output: '1\n2\n3\n4\n5\n6\n7\n8\n' }),
    };
    const { text } = watch([[message('a', 'Testing.')], [started], [ended], [message('b', 'Broken.')]], completed);
    expect(text).toEqual([
      'Testing.',
      '',
      '$ npm test  exit 1 (1.2 s)',
      '  … 2 more lines',
      '  3',
      '  4',
      '  5',
      '  6',
      '  7',
      '  8',
      '',
      'Broken.',
    ]);
  });
  it('puts an answer that arrived together with steps behind them', () => {
    const ended: RunEvent = { type: 'item.completed', item: command('c', { exitCode: 0 }) };
    expect(watch([[ended, message('a', 'Done.')]], completed).text).toEqual(['$ npm test  exit 0', '', 'Done.']);
  });
  it('counts the lines of changed files', () => {
    const change: RunItem = {
      type: 'file.change',
      id: item('f'),
      status: 'completed',
      changes: [
        { path: '/work/new.md', kind: 'add', diff: 'a\nb\n' },
        { path: '/work/old.md', kind: 'update', diff: '@@ -1 +1,2 @@\n-x\n+y\n+z\n' },
        { path: '/work/gone.md', kind: 'delete', diff: 'x\n' },
        { path: '/work/a.md', kind: 'update', movedTo: '/work/b.md', diff: '' },
      ],
    };
    expect(watch([[{ type: 'item.completed', item: change }]], completed).text).toEqual([
      'added new.md  +2',
      'changed old.md  +2  -1',
      'deleted gone.md  -1',
      'moved a.md → b.md',
    ]);
  });
  it('says that a change was declined', () => {
    const change: RunItem = {
      type: 'file.change',
      id: item('f'),
      status: 'declined',
      changes: [{ path: '/work/a', kind: 'add', diff: '' }],
    };
    expect(watch([[{ type: 'item.completed', item: change }]], completed).text).toEqual(['not changed (declined): a']);
  });
  it('shows what was still open at the end as not finished', () => {
    const started: RunEvent = { type: 'item.started', item: command('c', { status: 'inProgress' }) };
    expect(watch([[started]], (view) => ({ ...view, status: 'interrupted' })).text).toEqual([
      '$ npm test  not finished',
      '',
      'Stopped.',
    ]);
  });
});

it('shows a plan once and then what changed in it', () => {
  const plan = (...steps: readonly string[]): RunEvent => ({
    type: 'plan.updated',
    steps: ['look', 'do'].map((step, at) => ({ step, status: (steps[at] ?? 'pending') as 'pending' })),
  });
  const { text } = watch([[plan('inProgress')], [plan('inProgress')], [plan('completed', 'inProgress')]], completed);
  expect(text).toEqual(['Plan', '[>] look', '[ ] do', '[x] look', '[>] do']);
});

describe('the end', () => {
  it('prints the whole where nothing was shown before', () => {
    const view: RunView = { ...emptyView, status: 'completed', texts: [{ item: item('x'), text: 'All of it.', isDraft: false }] };
    expect(watch([], () => view).text).toEqual(['All of it.']);
  });
  it('knows the answer again under another name', () => {
    const end = (texts: readonly string[]) => (): RunView => ({
      ...emptyView,
      status: 'completed',
      texts: texts.map((text, at) => ({ item: item(`end${at}`), text, isDraft: false })),
    });
    expect(watch([[message('a', 'Look.'), message('b', 'Done.')]], end(['Done.'])).text).toEqual(['Look.', '', 'Done.']);
    expect(watch([[message('a', 'Look.'), message('b', 'Done.')]], end(['Look.\n\nDone.'])).text).toEqual(['Look.', '', 'Done.']);
    expect(watch([[delta('a', 'one\ntw')]], end(['one\ntwo\n'])).text).toEqual(['one', 'two']);
  });
  it('finishes a line that nobody went on with', () => {
    expect(watch([[delta('a', 'half a')]], () => ({ ...emptyView, status: 'lost', note: 'Cut off.' })).text).toEqual([
      'half a',
      '',
      'Cut off.',
    ]);
  });
  it('names the error of a failed run', () => {
    const view: RunView = { ...emptyView, status: 'failed', error: { kind: 'other', message: 'No luck.' } };
    expect(watch([], () => view).text).toEqual(['No luck.']);
  });
});

it('strips control characters from everything', () => {
  const evil = '\u001b]52;c;AAAA\u0007\u001b[2J';
  const change: RunItem = {
    type: 'file.change',
    id: item('f'),
    status: 'completed',
    changes: [{ path: evil, kind: 'add', diff: '' }],
  };
  const tool: RunItem = { type: 'tool.call', id: item('t'), tool: evil, arguments: null, status: 'failed', error: evil };
  const events: readonly RunEvent[] = [
    { type: 'item.completed', item: command('c', { command: evil, output: evil }) },
    { type: 'item.completed', item: change },
    { type: 'item.completed', item: tool },
    { type: 'item.completed', item: { type: 'web.search', id: item('w'), query: evil } },
    { type: 'plan.updated', steps: [{ step: evil, status: 'pending' }] },
    message('a', evil),
    delta('b', evil),
  ];
  const { text, tail, view } = watch([events], (last) => ({ ...last, note: evil }));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  expect([...text, ...tail, activity(view, words)].filter((one) => /[\u0000-\u001f\u007f-\u009f]/.test(one))).toEqual([]);
});

it('prints every line of an answer once, however it was streamed', () => {
  const source = fc.array(fc.constantFrom('a', '好', '\n', '```', ' ', '👍'), { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(source, fc.array(fc.nat(40), { maxLength: 8 }), (text, cuts) => {
      const borders = [0, ...cuts.map((cut) => Math.min(cut, text.length)).toSorted((a, b) => a - b), text.length];
      const groups = borders.slice(1).map((end, at) => [delta('a', text.slice(borders[at], end))]);
      const shown = watch([...groups, [message('a', text)]], completed).text.join('\n');
      expect(shown.trimEnd()).toBe(text.trimEnd());
    }),
  );
});
