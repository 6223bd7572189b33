import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Pack } from './packs.ts';

/** What is true of every package here on purpose: ESM only, so `require` needs a Node that loads ESM, and `node10` knows no export maps. */
const accepted = new Set(['CJSResolvesToESM', 'NoResolution', 'InternalResolutionError']);

/** What publint and arethetypeswrong have against the tarball; empty is good. */
export async function judgePack({ tarball, manifest }: Pack): Promise<readonly string[]> {
  const data = readFileSync(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: toArrayBuffer(data) }, strict: true });
  const linted = messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
  const { types, ...analysis } = await checkPackage(createPackageFromTarballData(new Uint8Array(data)));
  if (types === false) return [...linted, `attw: ${manifest.name} has no types`];
  const problems = 'problems' in analysis ? analysis.problems : [];
  const wrong = problems.filter(
    (problem) => !('resolutionKind' in problem && problem.resolutionKind === 'node10') && !accepted.has(problem.kind),
  );
  const unresolved = problems.filter(
    (problem) => problem.kind === 'NoResolution' && ['node16-esm', 'bundler'].includes(problem.resolutionKind),
  );
  return [...linted, ...[...wrong, ...unresolved].map((problem) => `attw: ${JSON.stringify(problem)}`)];
}

function toArrayBuffer(data: Buffer): ArrayBuffer {
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
}
