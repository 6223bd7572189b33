import { en, type Texts } from './en.ts';
import { visible } from './visible.ts';
import { zh } from './zh.ts';

const catalogues: Readonly<Record<'en' | 'zh', Texts>> = { en: guarded(en), zh: guarded(zh) };

/** What the bridge says, in one language. Nothing in what a text is given can hide or turn round what is read. */
export function textsIn(language: 'en' | 'zh'): Texts {
  return catalogues[language];
}

function guarded(texts: Texts): Texts {
  const entries = Object.entries(texts).map(([name, say]) => [
    name,
    (given?: object) => (say as (p?: object) => string)(shown(given)),
  ]);
  return Object.fromEntries(entries) as Texts;
}

function shown(given: object | undefined): object | undefined {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === 'string' ? visible(value) : value]),
  );
}
