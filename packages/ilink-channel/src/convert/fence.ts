/** An opening fence of a code block. */
export interface Fence {
  /** The whole line. */
  readonly open: string;
  /** What closes it. */
  readonly close: string;
}

/** The fence that a line opens, if it does. */
export function opensFence(line: string): Fence | undefined {
  const [, marks, info] = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/.exec(line) ?? [];
  if (marks === undefined || (marks.startsWith('`') && info?.includes('`'))) return undefined;
  return { open: line, close: marks };
}

/** Whether a line closes the code block. */
export function closesFence(line: string, fence: Fence): boolean {
  const marks = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return marks?.startsWith(fence.close) ?? false;
}
