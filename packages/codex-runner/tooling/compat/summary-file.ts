import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSchema } from '../../src/compat/generate-schema.ts';
import type { ProtocolSchema } from '../../src/compat/read-schema.ts';
import { summarise } from '../../src/compat/summarise.ts';
import type { ProtocolSummary } from '../../src/compat/summary.ts';
import { readUsedMethods, readUsedNames } from './used-names.ts';

const folder = join(import.meta.dirname, '..', '..', 'compat');

export async function schemaOf(bin: string): Promise<ProtocolSchema> {
  return generateSchema(bin, { PATH: process.env.PATH ?? '' });
}

/** The protocol of one version as far as the source of this package uses it now. */
export async function summaryOf(schema: ProtocolSchema, version: string): Promise<Omit<ProtocolSummary, 'behaviour'>> {
  return { version, ...summarise(schema, await readUsedMethods(), await readUsedNames()) };
}

export async function readSummaryFile(version: string): Promise<ProtocolSummary | undefined> {
  const text = await readFile(fileOf(version), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ProtocolSummary);
}

export async function writeSummaryFile(summary: ProtocolSummary): Promise<string> {
  await writeFile(fileOf(summary.version), toJson(summary));
  return fileOf(summary.version);
}

function fileOf(version: string): string {
  return join(folder, `${version}.json`);
}

/** One line for each type, so that a difference can be read. */
function toJson(summary: ProtocolSummary): string {
  const lines = Object.entries(summary).map(
    ([key, value]) =>
      `  ${JSON.stringify(key)}: ${key === 'types' || key === 'behaviour' ? toLines(value) : JSON.stringify(value)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

function toLines(value: object): string {
  const lines = Object.entries(value).map(([key, member]) => `    ${JSON.stringify(key)}: ${JSON.stringify(member)}`);
  return `{\n${lines.join(',\n')}\n  }`;
}
