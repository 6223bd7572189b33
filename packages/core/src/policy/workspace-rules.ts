/** Where things are on this computer: absolute real paths with the system's separator, given from outside. */
export interface Places {
  readonly separator: '/' | '\\';
  readonly home: string;
  /** Directories that are refused themselves, though not what is below them: Desktop, Downloads, temp, user root, volumes. */
  readonly tooBroad: readonly string[];
  /** Directories that are refused with everything below them: our own state, Codex's home, system directories. */
  readonly offLimits: readonly string[];
}

export type WorkspaceRefusal = 'root' | 'home' | 'tooBroad' | 'containsHome' | 'offLimits' | 'containsOffLimits';

/** Whether runs may work in a directory. `path` is its real path. Undefined: allowed. Pure; compares whole path segments. */
export function checkWorkspace(path: string, places: Places): WorkspaceRefusal | undefined {
  const { separator } = places;
  if (path === separator || /^[A-Za-z]:\\?$/.test(path) || /^\\\\[^\\]+\\[^\\]+\\?$/.test(path)) return 'root';
  const isInside = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(outer.endsWith(separator) ? outer : outer + separator);
  if (path === places.home) return 'home';
  if (isInside(places.home, path)) return 'containsHome';
  if (places.tooBroad.includes(path)) return 'tooBroad';
  if (places.offLimits.some((place) => isInside(path, place))) return 'offLimits';
  if (places.offLimits.some((place) => isInside(place, path))) return 'containsOffLimits';
  return undefined;
}
