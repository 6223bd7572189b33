type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables a Codex process needs to find its home, its tools, its temp folder and the user's language. It is a list of what is
 * passed, not of what is hidden: everything that Codex sees, the commands it runs may see too.
 */
export const passedVariables: readonly string[] = [
  'HOME',
  'PATH',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'TZ',
  'TERM',
  'TMPDIR',
  'CODEX_HOME',
  'CODEX_SQLITE_HOME',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_RUNTIME_DIR',
  // Windows
  'APPDATA',
  'COMSPEC',
  'HOMEDRIVE',
  'HOMEPATH',
  'LOCALAPPDATA',
  'NUMBER_OF_PROCESSORS',
  'OS',
  'PATHEXT',
  'PROCESSOR_ARCHITECTURE',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'USERNAME',
  'USERPROFILE',
  'WINDIR',
];

const passed = new Set(passedVariables);

/** Of `parent`, what a Codex process may see: {@link passedVariables}, `LC_*`, and the names in `also`. Names are compared without case. */
export function childEnvironment(parent: Environment, also: readonly string[] = []): Record<string, string> {
  const further = new Set(also.map((name) => name.toUpperCase()));
  const kept = Object.entries(parent).filter((entry): entry is [string, string] => {
    const name = entry[0].toUpperCase();
    return entry[1] !== undefined && (passed.has(name) || name.startsWith('LC_') || further.has(name));
  });
  return Object.fromEntries(kept);
}
