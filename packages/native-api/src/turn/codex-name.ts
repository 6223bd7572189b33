/** Tools of Codex's own that cannot be switched off (0.169): one of the caller's would be hidden behind it. */
const taken: ReadonlySet<string> = new Set([
  'apply_patch',
  'request_user_input',
  'exec',
  'wait',
  'tool_search',
  'update_plan',
  'view_image',
]);
const prefix = 'caller_';

/** What a function of the caller is called in Codex. */
export function toCodexName(name: string): string {
  return taken.has(name) ? prefix + name : name;
}

/** What it is called by the caller. */
export function fromCodexName(name: string): string {
  const own = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return taken.has(own) ? own : name;
}
