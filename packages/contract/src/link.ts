import { createBell } from './bell.ts';

/** Whether the platform can be heard now. */
export interface Link {
  /** `undefined`: nothing is known yet, as before the first attempt. */
  readonly isUp: boolean | undefined;
  /** Resolves at the next change, or on abort. */
  changed(signal: AbortSignal): Promise<void>;
}

/** The side of a {@link Link} that knows. */
export interface OwnLink {
  readonly link: Link;
  set(isUp: boolean | undefined): void;
}

/** Makes a {@link Link} of which nothing is known yet. */
export function createLink(): OwnLink {
  let isUp: boolean | undefined;
  const bell = createBell();
  return {
    link: {
      get isUp() {
        return isUp;
      },
      changed: bell.next,
    },
    set(to) {
      if (to === isUp) return;
      isUp = to;
      bell.ring();
    },
  };
}
