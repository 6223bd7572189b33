import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock, Logger } from '@threadbridge/contract';
import { createLineSplitter } from '../rpc/ndjson.ts';
import type { Transport, TransportEnd } from '../rpc/transport.ts';
import { closeChild } from './close-ladder.ts';
import { sweepOrphans } from './sweep-orphans.ts';

export interface SpawnOptions {
  readonly bin: string;
  readonly args: readonly string[];
  /** All that the child sees. */
  readonly env: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Time for each step of closing. Default 3,000. */
  readonly closeStepMs?: number;
  /** Default 64 MiB: a history with inlined images is one line. */
  readonly maxLineBytes?: number;
}

/** Starts `codex app-server` as a child and speaks with it over its pipes. It ends with this process, however this process ends. */
export function spawnCodex(options: SpawnOptions): Transport {
  const { clock, logger } = options;
  // Whoever ran one before may have been killed.
  sweepOrphans(options.bin);
  // A group of its own: Ctrl-C in a terminal would else reach Codex too, which dies of it at once and leaves its commands behind.
  const child = spawn(options.bin, [...options.args], {
    env: { ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const complaints = collectErrors(child);
  const isOpen = () => child.exitCode === null && child.signalCode === null && child.stdin.writable;
  child.stdin.on('error', (cause) => logger.debug({ cause: cause.message }, 'app-server takes no more input'));

  const endWithParent = () => child.kill('SIGTERM');
  process.once('exit', endWithParent);
  child.once('exit', () => process.off('exit', endWithParent));

  return {
    pid: child.pid,
    listen(listener) {
      let isOver = false;
      const finish = (end: TransportEnd) => {
        if (isOver) return;
        isOver = true;
        sweepOrphans(options.bin);
        process.off('exit', endWithParent);
        listener.onClosed(end);
      };
      const lines = createLineSplitter({
        maxLineBytes: options.maxLineBytes ?? 64 * 1024 * 1024,
        onLine: (line) => listener.onMessage(line),
        onOverflow: (sizeBytes) => logger.error({ sizeBytes }, 'dropped a message of app-server that is too long'),
      });
      child.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
      child.once('error', (cause) =>
        finish({ message: `${options.bin} could not be started: ${cause.message}.`, isMissing: true }),
      );
      // `close` comes after the last byte; a stray holder of the pipe must not keep it from coming.
      const end = () => ({ message: describeExit(child, complaints()) });
      child.once('close', () => finish(end()));
      child.once('exit', () => void clock.sleep(1_000).then(() => finish(end())));
    },
    send(message) {
      if (!isOpen()) return false;
      child.stdin.write(`${message}\n`);
      return true;
    },
    async close() {
      await closeChild(child, { clock, stepMs: options.closeStepMs ?? 3_000 });
      sweepOrphans(options.bin);
    },
  };
}

/** Of stderr only what Codex calls an error of the program: the rest may hold words of a conversation. */
function collectErrors(child: ChildProcess): () => readonly string[] {
  const found: string[] = [];
  const lines = createLineSplitter({
    maxLineBytes: 8 * 1024,
    onLine: (line) => {
      const [, complaint] = /^Error: (.*)/.exec(line) ?? [];
      if (complaint !== undefined && found.length < 3) found.push(complaint.slice(0, 300));
    },
    onOverflow: () => {},
  });
  child.stderr?.on('data', (chunk: Buffer) => lines.push(chunk));
  return () => found;
}

function describeExit(child: ChildProcess, complaints: readonly string[]): string {
  const how = child.signalCode === null ? `with code ${child.exitCode}` : `by ${child.signalCode}`;
  return [`app-server ended ${how}.`, ...complaints].join(' ');
}
