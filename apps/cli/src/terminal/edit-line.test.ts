import { describe, expect, it } from 'vitest';
import { type Draft, editLine, emptyDraft, type Key, type Wish } from './edit-line.ts';

const enter: Key = { name: 'return', sequence: '\r' };
const ctrl = (name: string): Key => ({ name, ctrl: true });
const typed = (text: string): readonly Key[] => Array.from(text, (sequence) => ({ sequence }));

function press(keys: readonly Key[], start: Draft = emptyDraft): { readonly draft: Draft; readonly wishes: readonly Wish[] } {
  const wishes: Wish[] = [];
  let draft = start;
  for (const key of keys) {
    const edited = editLine(draft, key);
    draft = edited.draft;
    if (edited.wish) wishes.push(edited.wish);
  }
  return { draft, wishes };
}

it('sends what was typed and starts anew', () => {
  const { draft, wishes } = press([...typed('hello'), enter]);
  expect(wishes).toEqual([{ type: 'send', text: 'hello' }]);
  expect(draft.text).toBe('');
});

it('sends nothing for an empty line', () => {
  expect(press([...typed('  '), enter]).wishes).toEqual([]);
});

it('begins a new line after a backslash, with Alt-Enter and with Ctrl-J', () => {
  expect(
    press([...typed('a\\'), enter, ...typed('b'), { ...enter, meta: true }, ...typed('c'), ctrl('j'), ...typed('d'), enter])
      .wishes,
  ).toEqual([{ type: 'send', text: 'a\nb\nc\nd' }]);
});

it('takes a paste as text, line ends and all', () => {
  const paste: readonly Key[] = [{ name: 'paste-start' }, ...typed('one'), enter, ...typed('two'), { name: 'paste-end' }];
  const { draft, wishes } = press(paste);
  expect(draft.text).toBe('one\ntwo');
  expect(wishes).toEqual([]);
});

it('does not let a paste smuggle control characters in', () => {
  const paste: readonly Key[] = [
    { name: 'paste-start' },
    { sequence: '\u001b' },
    { sequence: '\u0003', ctrl: true, name: 'c' },
    ...typed('x'),
  ];
  expect(press(paste).draft.text).toBe('x');
});

it('ignores keys it does not know', () => {
  expect(
    press([{ name: 'f5', sequence: '\u001b[15~' }, { sequence: '\u001b[1;5P' }, { name: 'tab', sequence: '\t' }]).draft,
  ).toEqual(emptyDraft);
});

describe('moving and deleting', () => {
  it('treats what is seen as one character as one', () => {
    expect(press([...typed('a👩‍👩‍👧'), { name: 'backspace' }]).draft.text).toBe('a');
    expect(press([...typed('你好'), { name: 'left' }, ...typed('们')]).draft.text).toBe('你们好');
  });
  it('goes to the ends of the line it stands in', () => {
    expect(press([...typed('ab\\'), enter, ...typed('cd'), ctrl('a'), ...typed('X')]).draft.text).toBe('ab\nXcd');
    expect(press([...typed('ab\\'), enter, ...typed('cd'), { name: 'up' }, { name: 'end' }, ...typed('X')]).draft.text).toBe(
      'abX\ncd',
    );
  });
  it('deletes words and line parts', () => {
    expect(press([...typed('one two '), ctrl('w')]).draft.text).toBe('one ');
    expect(press([...typed('one two'), ctrl('a'), { name: 'right', ctrl: true }, ctrl('k')]).draft.text).toBe('one');
    expect(press([...typed('one two'), ctrl('u')]).draft.text).toBe('');
    expect(press([...typed('abc'), { name: 'home' }, { name: 'delete' }]).draft.text).toBe('bc');
  });
});

describe('history', () => {
  const { draft: used } = press([...typed('first'), enter, ...typed('second'), enter]);

  it('walks back and forth and returns to what was being typed', () => {
    const back = press([...typed('new'), { name: 'up' }, { name: 'up' }, { name: 'up' }], used);
    expect(back.draft.text).toBe('first');
    expect(press([{ name: 'down' }, { name: 'down' }], back.draft).draft.text).toBe('new');
  });
  it('does not repeat the last entry', () => {
    expect(press([...typed('second'), enter], used).draft.history).toEqual(['first', 'second']);
  });
});

describe('leaving', () => {
  it('clears a begun line first', () => {
    const { draft, wishes } = press([...typed('abc'), ctrl('c')]);
    expect(draft.text).toBe('');
    expect(wishes).toEqual([]);
    expect(press([ctrl('c')], draft).wishes).toEqual([{ type: 'interrupt' }]);
  });
  it('leaves with Ctrl-D on an empty line only', () => {
    expect(press([ctrl('d')]).wishes).toEqual([{ type: 'leave' }]);
    expect(press([...typed('ab'), { name: 'home' }, ctrl('d')])).toMatchObject({ draft: { text: 'b' }, wishes: [] });
  });
});
