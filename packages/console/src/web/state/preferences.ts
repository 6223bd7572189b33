import { effect, signal } from '@preact/signals';

export type Language = 'en' | 'zh';
export type Theme = 'auto' | 'light' | 'dark';

const keys = { language: 'threadbridge.language', theme: 'threadbridge.theme' } as const;

function stored<Value extends string>(key: string, known: readonly Value[]): Value | undefined {
  const value = localStorage.getItem(key);
  return known.find((one) => one === value);
}

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export const language = signal<Language>(stored(keys.language, ['en', 'zh']) ?? browserLanguage());
export const theme = signal<Theme>(stored(keys.theme, ['auto', 'light', 'dark']) ?? 'auto');

export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(keys.language, chosen);
  language.value = chosen;
}

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(keys.theme, chosen);
  theme.value = chosen;
}

/** Keeps the document as it was chosen. */
export function applyPreferences(): void {
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset.theme = theme.value;
  });
}
