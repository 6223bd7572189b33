import { computed } from '@preact/signals';
import { language } from '../state/preferences.ts';
import { en, type Texts } from './en.ts';
import { zh } from './zh.ts';

/** The texts in the chosen language. */
export const texts = computed<Texts>(() => (language.value === 'zh' ? zh : en));
