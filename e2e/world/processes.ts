import { readdirSync, readFileSync } from 'node:fs';

export interface FoundProcess {
  readonly pid: number;
  readonly command: string;
}

/** Living processes whose environment names this Codex home. Linux only, where the tests that kill run. */
export function processesOf(codexHome: string): readonly FoundProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const environment = readOrNothing(`/proc/${name}/environ`);
      if (!environment.split('\0').includes(`CODEX_HOME=${codexHome}`)) return [];
      return [{ pid: Number(name), command: readOrNothing(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim() }];
    });
}

/** The app-server of this Codex home. */
export function appServersOf(codexHome: string): readonly FoundProcess[] {
  return processesOf(codexHome).filter(({ command }) => /\bapp-server\b/.test(command));
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
