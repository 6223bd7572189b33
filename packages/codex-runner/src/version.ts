/** The version of Codex that this package is generated for, tested with and depends on. */
export const pinnedVersion = '0.169.0';

/**
 * The oldest version that is driven at all. Before it, `shell_environment_policy` let the whole environment of the app-server leak back
 * into commands, and threads had no writer lock.
 */
export const oldestVersion = '0.159.0';

/** Other versions on which all that this package does was seen to work; what is known of each is in `compat/`. */
export const examinedVersions: readonly string[] = ['0.159.0', '0.163.0', '0.166.0'];

/** The version in an app-server's `userAgent` (`name/0.169.0 (Linux …) …`), or undefined where none can be read. */
export function parseVersion(userAgent: string): string | undefined {
  return /\/(\d+\.\d+\.\d+)/.exec(userAgent)?.[1];
}

/** How a version stands to the range this package knows. */
export function judgeVersion(version: string | undefined): 'tested' | 'untested' | 'tooOld' {
  if (version === undefined) return 'untested';
  if (compareVersions(version, oldestVersion) < 0) return 'tooOld';
  return version === pinnedVersion || examinedVersions.includes(version) ? 'tested' : 'untested';
}

/** Below 0 where the left one is older, above where it is newer. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
