import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { textsIn } from '../texts/texts.ts';
import { readSecret } from './read-secret.ts';

/** A terminal of which everything that it is told to show is kept. */
function terminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const shown: string[] = [];
  const output = new PassThrough();
  output.on('data', (text) => shown.push(String(text)));
  return { io: { stdin: input, stderr: output, texts: textsIn('en') } as unknown as Io, input, shown };
}

it('reads a secret and shows nothing of it', async () => {
  const { io, input, shown } = terminal();
  const secret = readSecret({ what: 'the secret of the app cli_1', signal: new AbortController().signal }, io);
  input.write('hush-hush\r');
  expect(await secret).toBe('hush-hush');
  expect(shown.join('')).toBe('Paste the secret of the app cli_1; it is not shown: \n');
});

it('lets go of the terminal when it is called off', async () => {
  const { io } = terminal();
  const stop = new AbortController();
  const secret = readSecret({ what: 'x', signal: stop.signal }, io);
  stop.abort();
  await expect(secret).rejects.toThrow();
});
