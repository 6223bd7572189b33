import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Io } from '../io.ts';

export interface SecretQuestion {
  /** Names the secret. */
  readonly what: string;
  readonly signal: AbortSignal;
}

/** Asks for a secret at a terminal, where nothing of it is shown. An abort rejects. */
export async function readSecret(
  { what, signal }: SecretQuestion,
  { stdin, stderr, texts }: Pick<Io, 'stdin' | 'stderr' | 'texts'>,
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output: nowhere, terminal: true });
  // A terminal in raw mode sends no signal by itself.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  stderr.write(texts.accounts.paste(what));
  try {
    return await reader.question('', { signal });
  } finally {
    reader.close();
    stderr.write('\n');
  }
}

/** A secret that is asked for at a terminal, and else read from stdin, without the end of its line. */
export async function takeSecret(what: string, io: Pick<Io, 'stdin' | 'stderr' | 'texts'>): Promise<string> {
  const given = io.stdin.isTTY ? await readSecret({ what, signal: new AbortController().signal }, io) : await text(io.stdin);
  return given.replace(/\r?\n$/, '');
}
