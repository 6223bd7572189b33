import type { Fields, ProtocolSummary, TypeSummary } from './summary.ts';

/** A difference in what this package uses. */
export interface Finding {
  /** `broken`: something this package does will not work. `changed`: it can live with it. */
  readonly grade: 'broken' | 'changed';
  /** A method, a type, `Type.field`, or `Type=word`. */
  readonly where: string;
  readonly message: string;
}

/** What of the first protocol the second lacks or has otherwise. What the second has besides is no finding. */
export function compareProtocols(
  expected: Pick<ProtocolSummary, 'uses' | 'types' | 'sent'>,
  found: Pick<ProtocolSummary, 'methods' | 'types'>,
): readonly Finding[] {
  const sent = new Set(expected.sent);
  const findings: Finding[] = [];
  const add = (grade: Finding['grade'], where: string, message: string) => findings.push({ grade, where, message });

  for (const direction of ['clientRequests', 'serverRequests', 'notifications'] as const) {
    const known = new Set(found.methods[direction]);
    for (const method of expected.uses[direction]) {
      if (!known.has(method)) add('broken', method, 'There is no such method.');
    }
  }
  for (const [name, type] of Object.entries(expected.types)) {
    const other = found.types[name];
    // Gone, or under another name: the fields that lead to it tell.
    if (other !== undefined) compareTypes(name, type, other, sent.has(name), add);
  }
  return findings;
}

function compareTypes(
  name: string,
  expected: TypeSummary,
  found: TypeSummary,
  isSent: boolean,
  add: (grade: Finding['grade'], where: string, message: string) => void,
): void {
  const compareFields = (where: string, fields: Fields, others: Fields) => {
    for (const [field, text] of Object.entries(fields)) {
      const other = others[field];
      const isOptional = text.startsWith('?');
      if (other === undefined) {
        // An unknown parameter is ignored without a word; an optional one that is not told is read as absent.
        if (isSent) add('broken', `${where}.${field}`, 'It is not known there, and would be ignored.');
        else add(isOptional ? 'changed' : 'broken', `${where}.${field}`, 'It is not told there.');
      } else if (isSent && isOptional && !other.startsWith('?')) {
        // Whether it always is, the contract tells.
        add('changed', `${where}.${field}`, 'It must be there.');
      } else {
        const lost = difference(membersOf(text), membersOf(other));
        const gained = difference(membersOf(other), membersOf(text));
        if (lost.length === 0 && gained.length === 0) continue;
        const hasNothingInCommon = lost.length === membersOf(text).length;
        const grade = hasNothingInCommon || (isSent && lost.some((member) => member !== 'null')) ? 'broken' : 'changed';
        add(grade, `${where}.${field}`, `It is ${withoutMark(other)} there, not ${withoutMark(text)}.`);
      }
    }
    if (!isSent) return;
    for (const [field, text] of Object.entries(others)) {
      if (fields[field] === undefined && !text.startsWith('?'))
        add('broken', `${where}.${field}`, 'It must be there, and is not sent.');
    }
  };

  compareFields(name, expected.fields ?? {}, found.fields ?? {});
  for (const value of difference(expected.values ?? [], found.values ?? [])) {
    add(isSent ? 'broken' : 'changed', `${name}=${value}`, 'There is no such word.');
  }
  for (const [variant, fields] of Object.entries(expected.variants ?? {})) {
    const others = found.variants?.[variant];
    if (others === undefined) add(isSent ? 'broken' : 'changed', `${name}[${variant}]`, 'There is no such form.');
    else compareFields(`${name}[${variant}]`, fields, others);
  }
  if (expected.is !== found.is)
    add('changed', name, `It is ${found.is ?? 'something else'} there, not ${expected.is ?? 'that'}.`);
}

function membersOf(text: string): readonly string[] {
  return withoutMark(text).split(' | ');
}

function withoutMark(text: string): string {
  return text.startsWith('?') ? text.slice(1) : text;
}

function difference(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.filter((member) => !right.includes(member));
}
