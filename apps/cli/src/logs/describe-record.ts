const levels: readonly unknown[] = ['debug', 'info', 'warn', 'error'];

/** A line of the log for people: time, level, what happened, what is known of it. Pure. */
export function describeRecord(text: string): string {
  const record = read(text);
  if (record === undefined) return text;
  const { time, level, msg, pid: _pid, ...fields } = record;
  const known = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [String(time).replace('T', ' ').replace(/Z$/, ''), String(level).padEnd(5), String(msg), ...known].join('  ');
}

/** Whether a line is of this level or worse. What is no line of the log is shown. Pure. */
export function isAsSerious(text: string, level: string): boolean {
  const found = levels.indexOf(read(text)?.level);
  return found === -1 || found >= levels.indexOf(level);
}

function read(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
