import { fixedSettings } from './fixed-settings.ts';
import { language } from './language.ts';
import type { Setting } from './setting.ts';
import { verbosity } from './verbosity.ts';

/** Every setting, in the order in which `/config` shows them. A new one that people can change is one file and one line. */
export const settings: readonly Setting[] = [language, verbosity, ...fixedSettings];
