/** A name as column text. UTF-8 turns every half of a surrogate pair into the same sign, so such names are kept as JSON. */
export function keyText(name: string): string {
  return /\p{Surrogate}/u.test(name) ? JSON.stringify(name) : name;
}
