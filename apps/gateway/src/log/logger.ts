import { join } from 'node:path';
import type { Logger } from '@threadbridge/contract';
import pino from 'pino';
import { createRedactor } from './redact.ts';
import { openRotating } from './rotating-file.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogOptions {
  /** An existing directory; `gateway.jsonl` is written there. */
  readonly directory: string;
  /** What reaches the file. Default `info`. */
  readonly level?: LogLevel;
  /** What reaches stderr as well, one JSON object a line. Default `off`. */
  readonly stderr?: LogLevel | 'off';
  /** A file that has grown larger becomes `gateway.1.jsonl`; four older ones are kept. Default 16 MiB. */
  readonly rotateBytes?: number;
}

/** The one place where the gateway tells what it does. */
export interface Log extends AsyncDisposable {
  readonly logger: Logger;
  readonly file: string;
  /** Hides this value from now on. */
  conceal(value: string): void;
}

const severities: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Opens the log. Every field and every text passes the redactor before it is written. */
export async function openLog(options: LogOptions): Promise<Log> {
  const file = join(options.directory, 'gateway.jsonl');
  const level = options.level ?? 'info';
  const stderr = options.stderr ?? 'off';
  const destination = openRotating(file, options.rotateBytes ?? 16 * 1024 * 1024);
  const streams: pino.StreamEntry[] = [{ level, stream: destination }];
  if (stderr !== 'off') streams.push({ level: stderr, stream: process.stderr });
  const redactor = createRedactor();
  const out = pino(
    {
      level: severities.find((severity) => severity === level || severity === stderr) ?? level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.multistream(streams),
  );
  const write = (at: LogLevel) => (fields: object, message: string) => {
    if (out.isLevelEnabled(at)) out[at](redactor.fields(fields), redactor.text(message));
  };
  return {
    logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    file,
    conceal: redactor.conceal,
    async [Symbol.asyncDispose]() {
      destination.end();
    },
  };
}
