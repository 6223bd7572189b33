import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig, profileLogs, resolveProfile } from '@threadbridge/gateway';
import type { LogsOptions } from '../commands/logs.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { plainText } from '../terminal/plain-text.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { describeRecord, isAsSerious } from './describe-record.ts';

/** How often a followed file is looked at. */
const pauseMs = 200;

/** Prints the newest lines of a profile's log. Answers with the exit code. */
export async function runLogs(options: LogsOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const files = profileLogs(profile.paths);
  const print = (text: string) => writeLine(io.stdout, options.json ? text : plainText(describeRecord(text)));
  const newest: string[] = [];
  let readBytes = 0;
  for (const file of files) {
    readBytes = await readLines(file, 0, (text) => {
      if (!isAsSerious(text, options.level)) return;
      newest.push(text);
      if (newest.length > options.lines) newest.shift();
    });
  }
  for (const text of newest) print(text);
  if (!options.follow) return exitCode.done;

  using stopping = stopOnSignals();
  const current = files.at(-1) ?? '';
  while (!stopping.signal.aborted) {
    const { size } = await stat(current).catch(() => ({ size: 0 }));
    // Put aside meanwhile: the new one is read from its beginning.
    if (size < readBytes) readBytes = 0;
    readBytes = await readLines(current, readBytes, (text) => {
      if (isAsSerious(text, options.level)) print(text);
    });
    await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
  }
  return exitCode.done;
}

/** Reads whole lines from a place on; answers with the place behind the last one. A file that is not there has none. */
async function readLines(file: string, start: number, onLine: (text: string) => void): Promise<number> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size <= start) return start;
  const stream = createReadStream(file, { start, end: size - 1, encoding: 'utf8' });
  let at = start;
  for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    at += Buffer.byteLength(text) + 1;
    onLine(text);
  }
  return Math.min(at, size);
}
