import { expect, it } from 'vitest';
import { textsIn } from './texts.ts';

const plain = (texts: object): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string'
      ? [[name, text] as const]
      : typeof text === 'object'
        ? plain(text).map(([inner, said]) => [`${name}.${inner}`, said] as const)
        : [],
  );

it('says everything in both languages, each in its own', () => {
  const english = plain(textsIn('en'));
  const chinese = new Map(plain(textsIn('zh')));
  expect(english.length).toBeGreaterThan(100);
  for (const [name, text] of english) {
    expect(text.trim(), name).not.toBe('');
    expect(text, name).not.toMatch(/\p{Script=Han}/u);
    expect(chinese.get(name), name).toMatch(/\p{Script=Han}/u);
  }
});
