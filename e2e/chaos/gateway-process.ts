import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProfileOverrides } from '@threadbridge/gateway';
import type { Weight } from './growth.ts';

/** A gateway in a process of its own, started again whenever it ends. */
export interface GatewayProcess {
  /** What it said last, each time it ended without having been killed. */
  readonly ownEnds: readonly string[];
  /** Resolves once it is up. */
  isUp(): Promise<void>;
  /** With signal 9. False: there was none at that moment. */
  kill(): Promise<boolean>;
  freeze(ms: number): Promise<boolean>;
  shiftClock(ms: number): void;
  /** Undefined where it is not up, or does not answer in time. */
  weigh(): Promise<Weight | undefined>;
  /** Orderly; it is not started any more. */
  stop(): Promise<void>;
  /** With signal 9; it is not started any more. */
  end(): void;
}

export interface GatewayProcessOptions {
  readonly home: string;
  /** Behind a socket Codex outlives the gateway. */
  readonly transport: 'stdio' | 'socket';
  readonly settings: ProfileOverrides;
  readonly environment: Readonly<Record<string, string>>;
}

const startsWithinMs = 300_000;
const answersWithinMs = 5_000;
/** As a service has it, and so that it can be weighed. */
const flags = ['--max-semi-space-size=4', '--expose-gc'];

export function createGatewayProcess({ environment, ...own }: GatewayProcessOptions): GatewayProcess {
  let child: ChildProcess | undefined;
  let up = createGate();
  let weighed: ((heapBytes: number) => void) | undefined;
  let shiftMs = 0;
  let isStopping = false;
  let lastWords = '';
  const ownEnds: string[] = [];
  const living = () => (child !== undefined && child.exitCode === null && child.signalCode === null ? child : undefined);
  const wish = (words: object) => living()?.stdin?.write(`${JSON.stringify(words)}\n`);

  function start(): void {
    const script = join(import.meta.dirname, '../processes/shaken-gateway.ts');
    const given = JSON.stringify({ ...own, environment, shiftMs });
    const started = spawn(process.execPath, [...flags, script, given], { stdio: 'pipe', env: { ...environment } });
    child = started;
    started.stdin.on('error', () => {});
    createInterface({ input: started.stdout }).on('line', (line) => {
      const { heapBytes } = JSON.parse(line) as { readonly heapBytes?: number };
      if (heapBytes === undefined) up.open();
      else weighed?.(heapBytes);
    });
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      lastWords = `${lastWords}${text}`.slice(-2_000);
    });
    started.once('exit', async (_, signal) => {
      if (signal !== 'SIGKILL' && !isStopping)
        ownEnds.push(/^.*Error: .*(?:\n +at .*){0,6}/m.exec(lastWords)?.[0] ?? lastWords.slice(-200));
      lastWords = '';
      const before = up;
      up = createGate();
      // Who waited for one that ended before it was up waits for the next.
      void up.opened.then(before.open);
      if (isStopping) return;
      await delay(200);
      if (!isStopping) start();
    });
  }

  async function signal(name: 'SIGKILL' | 'SIGTERM'): Promise<boolean> {
    const victim = living();
    if (victim === undefined) return false;
    const gone = once(victim, 'exit');
    victim.kill(name);
    await gone;
    return true;
  }

  start();
  return {
    ownEnds,
    async isUp() {
      const late = delay(startsWithinMs, undefined, { ref: false }).then(() =>
        Promise.reject(new Error(`The gateway (${living()?.pid ?? 'no process'}) does not come up: ${lastWords}`)),
      );
      await Promise.race([up.opened, late]);
    },
    kill: () => signal('SIGKILL'),
    async freeze(ms) {
      const frozen = living();
      if (frozen === undefined) return false;
      frozen.kill('SIGSTOP');
      await delay(ms);
      frozen.kill('SIGCONT');
      return true;
    },
    shiftClock(ms) {
      shiftMs = ms;
      wish({ shiftMs });
    },
    async weigh() {
      const pid = living()?.pid;
      if (pid === undefined) return undefined;
      const heap = new Promise<number>((resolve) => {
        weighed = resolve;
      });
      wish({ weigh: true });
      const heapBytes = await Promise.race([heap, delay(answersWithinMs, undefined, { ref: false })]);
      const seen = await look(pid);
      return heapBytes === undefined || seen === undefined ? undefined : { at: Date.now(), heapBytes, ...seen };
    },
    async stop() {
      isStopping = true;
      await signal('SIGTERM');
    },
    end() {
      isStopping = true;
      child?.kill('SIGKILL');
    },
  };
}

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

function createGate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** What the operating system says of a process. Linux only; else undefined. */
async function look(pid: number): Promise<Pick<Weight, 'rssBytes' | 'handles'> | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const handles = (await readdir(`/proc/${pid}/fd`)).length;
    return { rssBytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024, handles };
  } catch {
    return undefined;
  }
}
