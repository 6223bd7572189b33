/** A JSON object of which nothing is known yet: what the service says is looked at field by field. */
export type Wire = Readonly<Record<string, unknown>>;

export function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object field; an empty object where there is none. */
export function objectIn(wire: Wire, name: string): Wire {
  const value = wire[name];
  return isWire(value) ? value : {};
}

/** The objects of a list field. */
export function listIn(wire: Wire, name: string): readonly Wire[] {
  const value = wire[name];
  return Array.isArray(value) ? value.filter(isWire) : [];
}

/** A text that is not empty. */
export function textIn(wire: Wire, name: string): string | undefined {
  const value = wire[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A finite number, also where it came as text. */
export function numberIn(wire: Wire, name: string): number | undefined {
  const value = wire[name];
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** A 64-bit id as exact text; absent, empty and 0 are none. */
export function idIn(wire: Wire, name: string): string | undefined {
  const value = wire[name];
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return text === '' || /^0+$/.test(text) ? undefined : text;
}
