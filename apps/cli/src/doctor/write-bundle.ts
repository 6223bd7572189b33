import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import { makeReport, type ResolvedProfile } from '@threadbridge/gateway';
import { type Io, writeLine } from '../io.ts';
import type { Finding } from './finding.ts';

/** A part of a report: its name in the file, and how much of it there is. */
export interface BundlePart {
  readonly name: string;
  readonly count: number;
}

/** Shows what goes into a report for those who mend the program, and writes it: one file that anybody can read before it is sent. */
export async function writeBundle(
  profile: ResolvedProfile,
  findings: readonly Finding[],
  options: { readonly file: string | true; readonly isQuiet: boolean },
  io: Io,
): Promise<{ readonly file: string; readonly parts: readonly BundlePart[] }> {
  const { inspect } = io.texts;
  const named = findings.filter(({ name }) => name !== 'rules');
  const report = await makeReport({ profile, environment: io.environment, findings: named });
  const parts = Object.entries(report).map(([name, part]): BundlePart => ({ name, count: sizeOf(part) }));
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+Z/g, '');
  const file = resolve(options.file === true ? `threadbridge-report-${stamp}.json` : options.file);
  if (!options.isQuiet) {
    writeLine(io.stdout, inspect.bundleHolds);
    for (const part of parts) writeLine(io.stdout, `  ${inspect.bundleParts(part)}`);
    writeLine(io.stdout, inspect.bundleWithout);
  }
  const out = await open(file, 'wx', 0o600).catch((cause: unknown) => {
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    if (!isTaken) throw cause;
    const remedy = inspect.bundleTakenRemedy;
    throw new GatewayError('config.invalid', inspect.bundleTaken(file), { remedy, certain: true, cause });
  });
  try {
    await out.writeFile(`${JSON.stringify(report, undefined, 2)}\n`);
  } finally {
    await out.close();
  }
  if (!options.isQuiet) writeLine(io.stdout, inspect.bundleWritten(file));
  return { file, parts };
}

function sizeOf(part: unknown): number {
  return Array.isArray(part) ? part.length : Object.keys(part as object).length;
}
