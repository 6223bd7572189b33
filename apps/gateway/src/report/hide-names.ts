/** A text that stands for another in a report. */
export interface Stand {
  readonly hidden: string;
  readonly shown: string;
}

/** Ids by which platforms know people and chats: those of WeChat, those of Feishu. */
const platformIds: readonly (readonly [RegExp, string])[] = [
  [/[\w.-]{1,80}@im\.(wechat|bot)\b/g, '[$1 id]'],
  [/\b(ou|on|oc|om|omt|cli|cc)_[A-Za-z0-9]{6,64}\b/g, '[$1 id]'],
];

/** Puts stands in the place of directories, names and ids, the longest first, everywhere in a value. Pure. */
export function hideNames(value: unknown, stands: readonly Stand[]): unknown {
  const ordered = stands.filter(({ hidden }) => hidden.length >= 3).toSorted((a, b) => b.hidden.length - a.hidden.length);
  const hide = (text: string): string => {
    let safe = text;
    for (const { hidden, shown } of ordered) safe = safe.replace(asPattern(hidden), () => shown);
    for (const [shape, shown] of platformIds) safe = safe.replace(shape, shown);
    return safe;
  };
  const visit = (inner: unknown): unknown => {
    if (typeof inner === 'string') return hide(inner);
    if (Array.isArray(inner)) return inner.map(visit);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, each]) => [hide(name), visit(each)]));
  };
  return visit(value);
}

/** A directory wherever it begins a path; a name only as a whole word. */
function asPattern(hidden: string): RegExp {
  const escaped = hidden.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return /^[\w-]+$/.test(hidden) ? new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, 'gi') : new RegExp(escaped, 'g');
}
