import { existsSync, renameSync, statSync } from 'node:fs';
import pino from 'pino';

const keptFiles = 5;

/** So much waits where the disk takes nothing; what comes on top is dropped. */
const waitingBytes = 1024 * 1024;

/**
 * A log file that is put aside when it is full. Each line is with the system when `write` returns, so a killed process loses none. Where the
 * disk takes nothing lines wait for later ones: what is told about a program must not end it.
 */
export function openRotating(file: string, rotateBytes: number): { write(line: string): void; end(): void } {
  let out = openFile(file);
  let sizeBytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return {
    write(line) {
      if (sizeBytes > rotateBytes) {
        sizeBytes = 0;
        out = openNext(file, out);
      }
      out.write(line);
      sizeBytes += Buffer.byteLength(line);
    },
    end: () => out.end(),
  };
}

function openFile(file: string): pino.DestinationStream & { end(): void } {
  const out = pino.destination({ dest: file, append: true, mode: 0o600, sync: true, maxLength: waitingBytes });
  out.on('error', () => {});
  return out;
}

/** Where no new file can be made, the one before goes on until as much was written once more. */
function openNext(file: string, before: ReturnType<typeof openFile>): ReturnType<typeof openFile> {
  try {
    putAside(file);
    const next = openFile(file);
    before.end();
    return next;
  } catch {
    return before;
  }
}

/** The files of a log, oldest first; the last one is being written. Some may not be there. */
export function logFiles(file: string): readonly string[] {
  return [...Array.from({ length: keptFiles - 1 }, (_, index) => aside(file, keptFiles - 1 - index)), file];
}

function putAside(file: string): void {
  const [, ...files] = logFiles(file);
  for (const [index, name] of files.entries()) if (existsSync(name)) renameSync(name, aside(file, files.length - index));
}

function aside(file: string, age: number): string {
  return file.replace(/\.jsonl$/, `.${age}.jsonl`);
}
