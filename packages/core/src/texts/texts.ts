import { en, type Texts } from './en.ts';
import { zh } from './zh.ts';

/** What the bridge says, in the profile's language. */
export function textsIn(language: 'en' | 'zh'): Texts {
  return language === 'zh' ? zh : en;
}
