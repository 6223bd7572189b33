import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { readIfThere } from '../key-file.ts';
import { checkConfig, configFile, type LoadOptions } from './load.ts';

/** One change of the file; `value` undefined takes the setting out. */
export interface ConfigEdit {
  /** Of the whole configuration: `profiles`, `default`, `codex`, `model`. */
  readonly path: readonly string[];
  readonly value: unknown;
}

const layout = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };

/**
 * Changes the configuration file, comments and order kept, and makes it where there is none. What comes of it is checked first: rejects with
 * `config.invalid`, and then the file is as it was.
 */
export async function editConfig(options: LoadOptions, edits: readonly ConfigEdit[]): Promise<{ readonly file: string }> {
  const file = configFile(options);
  const before = (await readIfThere(file)) ?? '{}\n';
  const after = editedText(before, edits);
  const { settings: _, ...flags } = options.flags ?? {};
  checkConfig({ ...options, flags }, after);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const written = await open(draft, 'wx', 0o600);
    try {
      await written.writeFile(after);
      await written.sync();
    } finally {
      await written.close();
    }
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return { file };
}

/** The text of a configuration file after some changes; comments and order stay. Pure. */
export function editedText(before: string, edits: readonly ConfigEdit[]): string {
  return edits.reduce((text, { path, value }) => applyEdits(text, modify(text, [...path], value, layout)), before);
}
