/** The opening line of a code block, and what closes it. */
export interface Fence {
  readonly open: string;
  readonly mark: string;
}

/** The fence that this line opens. Longer rows of marks are decoration. */
export function opensFence(line: string): Fence | undefined {
  const [, mark, info = ''] = /^ {0,3}(`{3,20}|~{3,20})(.*)$/.exec(line) ?? [];
  if (mark === undefined || /^[`~]/.test(info) || (mark.startsWith('`') && info.includes('`'))) return undefined;
  return { open: line.slice(0, 120), mark };
}

/** Whether this line closes the fence. */
export function closesFence(line: string, fence: Fence): boolean {
  const mark = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return mark !== undefined && mark[0] === fence.mark[0] && mark.length >= fence.mark.length;
}

/** The fence that is open at the end of a text. */
export function openFence(markdown: string): Fence | undefined {
  let fence: Fence | undefined;
  for (const line of markdown.split('\n')) {
    if (fence === undefined) fence = opensFence(line);
    else if (closesFence(line, fence)) fence = undefined;
  }
  return fence;
}

/** A fence long enough for this code. */
export function fenceAround(code: string): string {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), (run) => run[0].length));
  return '`'.repeat(longest + 1);
}
