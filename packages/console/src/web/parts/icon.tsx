/** Shapes on a 24 × 24 grid, drawn with one stroke. */
const shapes = {
  chat: 'M4 5h16v11H9l-5 4z',
  activity: 'M3 12h4l3-8 4 16 3-8h4',
  threads: 'M5 4v16M5 8h8a3 3 0 0 1 3 3v1M5 16h8a3 3 0 0 0 3-3M16 12h3',
  accounts: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6',
  system: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M10 14v6',
  send: 'M12 20V4M5 11l7-7 7 7',
  attach: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.6 1.6 0 0 1-2.4-2.4L14 7.5',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  down: 'M12 5v14M6 13l6 6 6-6',
  right: 'M9 5l7 7-7 7',
  left: 'M15 5l-7 7 7 7',
  terminal: 'M5 7l5 5-5 5M12 17h7',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  tool: 'M14 6a4 4 0 0 1 5-1l-3 3 1 2 2 1 3-3a4 4 0 0 1-5.5 5L9 20.5a2 2 0 0 1-3-3L13 11a4 4 0 0 1 1-5z',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  slash: 'M8 21L16 3',
  warn: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  menu: 'M4 7h16M4 12h16M4 17h16',
} as const;

export type IconName = keyof typeof shapes;

/** A picture beside words: it says nothing to a screen reader. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}

/** Something goes on. */
export function Spinner() {
  return <span class="spinner" aria-hidden="true" />;
}
