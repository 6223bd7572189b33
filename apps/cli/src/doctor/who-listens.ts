import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process as the system names it. */
export interface Holder {
  readonly pid: number;
  readonly name: string;
}

const run = promisify(execFile);
const patienceMs = 5_000;

/** Which process listens on a TCP port of this computer. Undefined: the system does not tell, as of processes of other users. */
export async function whoListens(port: number): Promise<Holder | undefined> {
  try {
    if (process.platform === 'linux') return await fromProc(port);
    if (process.platform === 'win32') return await fromNetstat(port);
    return await fromLsof(port);
  } catch {
    return undefined;
  }
}

/** https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt: the inode of the listening socket, then who has it open. */
async function fromProc(port: number): Promise<Holder | undefined> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')));
  const inodes = tables.flatMap((table) => listeningInodes(table, port));
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const handle of handles) {
      const target = await readlink(`/proc/${pid}/fd/${handle}`).catch(() => '');
      if (!inodes.some((inode) => target === `socket:[${inode}]`)) continue;
      return { pid: Number(pid), name: (await readFile(`/proc/${pid}/comm`, 'utf8')).trim() };
    }
  }
  return undefined;
}

function listeningInodes(table: string, port: number): readonly string[] {
  const listening = '0A';
  const rows = table.split('\n').map((row) => row.trim().split(/\s+/));
  return rows
    .filter(([, local = '', , state]) => state === listening && Number.parseInt(local.split(':').at(-1) ?? '', 16) === port)
    .flatMap((columns) => columns[9] ?? []);
}

async function fromLsof(port: number): Promise<Holder | undefined> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeout: patienceMs });
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  return pid === undefined ? undefined : { pid: Number(pid), name: /^c(.+)$/m.exec(stdout)?.[1] ?? '' };
}

async function fromNetstat(port: number): Promise<Holder | undefined> {
  const { stdout } = await run('netstat', ['-ano', '-p', 'TCP'], { timeout: patienceMs });
  const row = stdout.split('\n').find((line) => new RegExp(`^\\s*TCP\\s+\\S+:${port}\\s+\\S+:0\\s`).test(line));
  const pid = /(\d+)\s*$/.exec(row ?? '')?.[1];
  if (pid === undefined) return undefined;
  const listed = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { timeout: patienceMs });
  return { pid: Number(pid), name: /^"([^"]+)"/.exec(listed.stdout.trim())?.[1] ?? '' };
}
