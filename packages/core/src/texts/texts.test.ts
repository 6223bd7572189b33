import { expect, it } from 'vitest';
import { subjects } from './texts.ts';

it('has the same texts in both languages, and no empty one', () => {
  for (const { en, zh } of subjects) expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const { en, zh } of subjects)
    for (const [key, say] of [...Object.entries(en), ...Object.entries(zh)])
      if (say.length === 0) expect((say as () => string)().trim(), key).not.toBe('');
});

it('says each text in one subject', () => {
  const names = subjects.flatMap((subject) => Object.keys(subject.en));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
