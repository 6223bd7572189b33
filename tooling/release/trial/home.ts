import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type ProcessGroup, startGroup } from '../process-group.ts';
import { processesOf } from './left-over.ts';

/** A computer on which nobody has used Threadbridge, as far as one can be had: an empty home, and no variable but those named here. */
export interface Home extends AsyncDisposable {
  /** Everything of this trial is below it; no other process knows its name. */
  readonly directory: string;
  readonly home: string;
  /** Where npm puts what is installed for the whole machine. */
  readonly prefix: string;
  /** `TMPDIR`. */
  readonly temporary: string;
  /** A project of the person. */
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What was started to go on, by name. */
  readonly running: Map<string, ProcessGroup>;
  /** Starts a command that ends with `signal`, or with the trial. */
  start(command: string, args: readonly string[], signal: AbortSignal): ProcessGroup;
  /** npm with the settings that it has on this machine: registry, certificates, cache. */
  startNpm(args: readonly string[], signal: AbortSignal): ProcessGroup;
}

export interface HomeOptions {
  readonly directory: string;
  /** The Node that is on the path. */
  readonly node: string;
  /** Where packages come from. */
  readonly registry: string;
  /** npm's own files on this machine; everything else of it stays out. */
  readonly npm: Readonly<Record<'userconfig' | 'globalconfig' | 'cache', string>>;
}

/** What npm may need to reach a registry from here. */
const wayOut = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

export function openHome({ directory, node, registry, npm }: HomeOptions): Home {
  const [home, prefix, temporary] = ['home', 'prefix', 'tmp'].map((name) => join(directory, name)) as [string, string, string];
  const workspace = join(home, 'code', 'app');
  for (const path of [workspace, prefix, temporary]) mkdirSync(path, { recursive: true });
  const path = [join(prefix, 'bin'), dirname(node), '/usr/local/bin', '/usr/bin', '/bin'];
  const environment = { HOME: home, PATH: path.join(delimiter), TMPDIR: temporary, LANG: 'C.UTF-8', TERM: 'dumb' };
  const running = new Map<string, ProcessGroup>();
  return {
    ...{ directory, home, prefix, temporary, workspace, environment, running },
    start: (command, args, signal) => startGroup(command, args, { cwd: home, environment, signal }),
    startNpm(args, signal) {
      const settings = {
        ...Object.fromEntries(wayOut.map((name) => [name, process.env[name]])),
        PATH: [environment.PATH, process.env.PATH].join(delimiter),
        NPM_CONFIG_USERCONFIG: npm.userconfig,
        NPM_CONFIG_GLOBALCONFIG: npm.globalconfig,
        NPM_CONFIG_CACHE: npm.cache,
        NPM_CONFIG_UPDATE_NOTIFIER: 'false',
        NODE_DISABLE_COMPILE_CACHE: '1',
      };
      const flags = ['--no-audit', '--no-fund', '--registry', registry, '--prefix', prefix];
      return startGroup('npm', [...args, ...flags], { cwd: home, environment: { ...environment, ...settings }, signal });
    },
    async [Symbol.asyncDispose]() {
      for (const group of [...running.values()].reverse()) await group[Symbol.asyncDispose]();
      // Codex's server and its sandbox are in groups of their own; after a step that failed nobody has ended them.
      for (const line of await processesOf(directory)) endNow(Number.parseInt(line, 10));
    },
  };
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
