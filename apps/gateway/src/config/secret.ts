import { inspect } from 'node:util';

const shown = '[secret]';

/** A secret that cannot be printed by accident: as text, as JSON and in `console.log` it is `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself; to be handed to whoever needs it, and kept nowhere. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}
