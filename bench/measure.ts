import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import type { Part } from './parts.ts';

/** What became of a part. */
export interface Measured {
  readonly part: string;
  readonly tookMs: number;
  readonly figures: readonly Figure[];
  /** Why there are no figures. */
  readonly failed?: string;
}

/** Runs a part in a process of its own and waits for it, as long as it may take. */
export function measure(part: string, { limitMs }: Part): Promise<Measured> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const done = (rest: Pick<Measured, 'figures' | 'failed'>) =>
      resolve({ part, tookMs: performance.now() - startedAt, ...rest });
    const options = { timeout: limitMs, maxBuffer: 64 * 2 ** 20 };
    execFile(process.execPath, [join(import.meta.dirname, 'run-part.ts'), part], options, (error, stdout, stderr) => {
      if (error === null) return done({ figures: JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as readonly Figure[] });
      const why = error.killed
        ? `it took longer than ${limitMs / 1_000} s`
        : (/^\w*Error: .*/m.exec(stderr)?.[0] ?? error.message);
      done({ figures: [], failed: why });
    });
  });
}
