/** The same entries, in another language. */
export type Translated<English extends Readonly<Record<string, (...given: never) => string>>> = {
  readonly [Name in keyof English]: (...given: Parameters<English[Name]>) => string;
};
