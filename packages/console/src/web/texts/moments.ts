import type { Language } from '../state/preferences.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

/** `14:03` today, with the day otherwise. */
export function clockTime(at: number, language: Language, now: number = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const day: Intl.DateTimeFormatOptions = isToday ? {} : { month: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(locales[language], { ...day, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** `3 minutes ago`, `in 2 hours`. */
export function fromNow(at: number, language: Language, now: number = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' });
  const seconds = Math.round((at - now) / 1_000);
  const steps = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  return format.format(Math.trunc(seconds / size), unit);
}

/** `4.2 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `12.3 kB` */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `12,345` */
export function number(value: number, language: Language): string {
  return new Intl.NumberFormat(locales[language]).format(value);
}
