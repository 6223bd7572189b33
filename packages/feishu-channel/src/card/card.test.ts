import { emptyView, type RunView } from '@threadbridge/contract';
import { countTables } from '@threadbridge/testkit/feishu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonBytes } from '../json.ts';
import { formsOf } from '../send/send-message.ts';
import { wordsIn } from '../words.ts';
import { type Card, countElements, maxCardBytes, maxCardElements } from './card-json.ts';
import { diffCard } from './diff-card.ts';
import { hasEnded, runCard } from './run-card.ts';

const options = { language: 'en', title: 'Codex' } as const;
const pieces = [
  'a',
  '"',
  '\n',
  '\n\n',
  '|',
  '| a | b |\n|---|---|\n',
  '|-|',
  ':--|',
  '```',
  '~~~',
  '中',
  '🙂',
  '\u0001',
  '<at id=all>',
  '\\',
  '`',
  '# ',
];
const token = fc.string({ maxLength: 200 });
const action = fc.record({ label: fc.string({ unit: 'grapheme' }), token });
const controls = {
  actions: fc.array(action, { maxLength: 8 }),
  choices: fc.array(fc.record({ label: fc.string({ unit: 'grapheme' }), detail: fc.string({ unit: 'grapheme' }), token }), {
    maxLength: 60,
  }),
  form: fc.record({
    submit: action,
    fields: fc
      .array(fc.record({ label: fc.string(), options: fc.array(fc.record({ label: fc.string(), value: fc.string() })) }), {
        maxLength: 6,
      })
      .map((fields) => fields.map((field, n) => ({ name: `f${n}`, ...field }))),
  }),
};
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 300 }).map((list) => list.join('')),
  fc.tuple(fc.constantFrom(...pieces), fc.integer({ min: 0, max: 40_000 })).map(([piece, n]) => piece.repeat(n)),
);
const step = fc.oneof(
  fc.record({
    type: fc.constant('command' as const),
    id: fc.string(),
    command: words,
    status: fc.constantFrom('inProgress', 'completed', 'failed', 'declined'),
    output: words,
  }),
  fc.record({
    type: fc.constant('file.change' as const),
    id: fc.string(),
    status: fc.constantFrom('completed', 'failed'),
    changes: fc.array(fc.record({ path: words, kind: fc.constantFrom('add', 'update', 'delete'), diff: words }), {
      maxLength: 3,
    }),
  }),
  fc.record({ type: fc.constant('web.search' as const), id: fc.string(), query: words }),
);
const views = fc
  .record(
    {
      status: fc.constantFrom('starting', 'running', 'waiting', 'completed', 'failed', 'interrupted', 'lost'),
      texts: fc.array(fc.record({ item: fc.string(), text: words, isDraft: fc.boolean() }), { maxLength: 3 }),
      steps: fc.array(step, { maxLength: 40 }),
      plan: fc.array(fc.record({ step: words, status: fc.constantFrom('pending', 'inProgress', 'completed') }), {
        maxLength: 30,
      }),
      diff: words,
      note: words,
      error: fc.record({ kind: fc.constant('other' as const), message: words }),
    },
    { requiredKeys: ['status', 'texts', 'steps', 'plan'] },
  )
  .map((view) => ({ ...emptyView, ...view }) as unknown as RunView);

const contents = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(contents);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'content' && typeof inner === 'string' ? [inner] : contents(inner),
  );
};

describe('the card of a run', () => {
  it('stays within bytes, elements and tables whatever the view holds, and says whether it holds everything', () => {
    fc.assert(
      fc.property(views, (view) => {
        const { card, isWhole } = runCard(view, options);
        expect(jsonBytes(card)).toBeLessThanOrEqual(maxCardBytes);
        expect((JSON.stringify(card).match(/"tag":/g) ?? []).length).toBeLessThanOrEqual(maxCardElements);
        expect(contents(card).reduce((sum, text) => sum + countTables(text), 0)).toBeLessThanOrEqual(3);
        expect(JSON.stringify(card)).not.toContain('<at');
        expect(JSON.stringify(card).includes('/stop')).toBe(!hasEnded(view.status));
        for (const element of card.body.elements) if (element.tag === 'markdown') expect(element.content).not.toBe('');
        if (!isWhole && hasEnded(view.status)) expect(JSON.stringify(card)).toContain('follows below');
      }),
      { numRuns: 300 },
    );
  });

  it('shows the place of a run that stands in line, and offers to stop it alone', () => {
    const view: RunView = { ...emptyView, line: { place: 2, for: 'slot' } };
    const inLine = JSON.stringify(runCard(view, options).card);
    expect(inLine.match(/In line, number 2/g)).toHaveLength(3);
    expect(inLine).not.toMatch(/Working|Starting|steer/);
    expect(inLine).toContain('/stop');
    expect(JSON.stringify(runCard({ ...view, status: 'interrupted' }, options).card)).not.toContain('In line');
  });

  it('keeps the beginning of a long draft while text is only added, so that it can be typed out', () => {
    let text = 'x'.repeat(60_000);
    let jumps = 0;
    let before = '';
    for (let n = 0; n < 200; n += 1) {
      text += ' and more';
      const { card } = runCard(
        { ...emptyView, status: 'running', texts: [{ item: 'i' as never, text, isDraft: true }] },
        options,
      );
      const shown = String(card.body.elements.find((one) => one.element_id === 'answer')?.content);
      expect(shown.endsWith('and more')).toBe(true);
      if (!shown.startsWith(before)) jumps += 1;
      before = shown;
    }
    expect(jumps).toBeLessThanOrEqual(2);
  });
});

describe('the forms of a message', () => {
  it('fit the platform for every text within the limit, and end with one that always fits', () => {
    const message = fc.record({
      markdown: words.map((text) =>
        Buffer.from(text).subarray(0, 10_000).toString('utf8').replaceAll('\ufffd', '').slice(0, 10_000),
      ),
      title: fc.string({ unit: 'grapheme', maxLength: 300 }),
      ...controls,
    });
    fc.assert(
      fc.property(message, fc.constantFrom('card' as const, 'markdown' as const, 'text' as const), (one, mode) => {
        const forms = formsOf(one, mode, wordsIn('en'));
        expect(forms.at(-1)?.type).toBe('text');
        for (const form of forms)
          expect(jsonBytes(form.content)).toBeLessThanOrEqual(form.type === 'text' ? 150_000 : maxCardBytes);
        const card = forms.find((form) => form.type === 'interactive');
        if (card === undefined) return;
        expect(contents(card.content).reduce((sum, text) => sum + countTables(text), 0)).toBeLessThanOrEqual(3);
        expect(countElements((card.content as unknown as Card).body.elements)).toBeLessThanOrEqual(maxCardElements);
      }),
    );
  });
});

describe('the change between two cards', () => {
  const card = (...elements: readonly (readonly [string, string])[]): Card => ({
    schema: '2.0',
    config: {},
    body: { elements: elements.map(([element_id, content]) => ({ tag: 'markdown', element_id, content })) },
  });

  it('is the smallest that does it', () => {
    expect(diffCard(card(['a', 'x']), card(['a', 'x']))).toEqual({ type: 'none' });
    expect(diffCard(card(['a', 'x']), card(['a', 'xy']))).toEqual({ type: 'text', element: 'a', content: 'xy' });
    expect(diffCard(card(['a', 'x'], ['b', 'y']), card(['b', 'y'], ['a', 'x'])).type).toBe('whole');
    expect(diffCard(card(['a', 'x']), card(['a', 'z'])).type).toBe('elements');
  });

  it('carried out, gives the next card', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 });
    const made = ids.chain((list) =>
      fc.tuple(...list.sort().map((id) => fc.constantFrom('x', 'xy', 'z').map((text) => [id, text] as const))),
    );
    fc.assert(
      fc.property(made, made, (one, other) => {
        const change = diffCard(card(...one), card(...other));
        if (change.type !== 'elements') return;
        const elements = [...card(...one).body.elements];
        for (const { action, params } of change.actions as readonly { action: string; params: Record<string, unknown> }[]) {
          const at = elements.findIndex((each) => each.element_id === (params.target_element_id ?? params.element_id));
          if (action === 'delete_elements')
            for (const id of params.element_ids as readonly string[])
              elements.splice(
                elements.findIndex((each) => each.element_id === id),
                1,
              );
          else if (action === 'update_element') elements[at] = params.element as never;
          else elements.splice(params.type === 'insert_after' ? at + 1 : at, 0, ...(params.elements as Card['body']['elements']));
        }
        expect(elements).toEqual(card(...other).body.elements);
      }),
    );
  });
});
