import { signal } from '@preact/signals';

export const sections = ['chat', 'activity', 'threads', 'accounts', 'system'] as const;
export type Section = (typeof sections)[number];

export interface Route {
  readonly section: Section;
  /** The chat, or the thread. */
  readonly id?: string;
}

function read(hash: string): Route {
  const [, name, id] = hash.split('/');
  const section = sections.find((one) => one === name) ?? 'chat';
  return id === undefined || id === '' ? { section } : { section, id: decodeURIComponent(id) };
}

export const route = signal<Route>(read(location.hash));

export function hrefOf(section: Section, id?: string): string {
  return `#/${section}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
}

export function go(section: Section, id?: string): void {
  location.hash = hrefOf(section, id);
  // The browser tells of it later: what is typed meanwhile would go to the page that was left.
  route.value = read(location.hash);
}

export function watchRoute(): void {
  window.addEventListener('hashchange', () => {
    route.value = read(location.hash);
  });
}
