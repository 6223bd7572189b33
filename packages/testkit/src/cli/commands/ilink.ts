import { InvalidArgumentError } from 'commander';
import { command as carryOut, controlWords } from '../../ilink/control.ts';
import { type FakeIlink, startFakeIlink } from '../../ilink/ilink.ts';
import type { CommandWorld, FakeCommand } from '../command.ts';

interface IlinkFlags {
  readonly port: number;
  readonly budget: number;
  readonly json?: true;
}

/** `threadbridge-testkit ilink`: a fake WeChat in the foreground. */
export const ilinkCommand: FakeCommand = {
  name: 'ilink',
  define: (command, world) =>
    void command
      .description('run a fake of the WeChat (iLink) bot service, on 127.0.0.1, until Ctrl-C')
      .option('--port <number>', 'port to listen on; 0 takes a free one', toPort, 0)
      .option('--budget <number>', 'messages a bot may send after each message of a person', toCount, 10)
      .option('--json', 'print JSON lines: the address and the credentials, then everything that happens')
      .addHelpText('after', `\nWhile it runs, type (or POST as text to /fake/do):\n${helpWords()}\n`)
      .action((flags: IlinkFlags) => runIlink(flags, world)),
};

async function runIlink(flags: IlinkFlags, world: CommandWorld): Promise<void> {
  await using fake = await startFakeIlink({ port: flags.port, budget: flags.budget });
  const print = (event: Readonly<Record<string, unknown>>, line: string) =>
    world.print(flags.json ? JSON.stringify(event) : line);
  const { url, cdnUrl, credentials } = fake;
  print({ event: 'ready', url, cdnUrl, credentials }, `Fake WeChat on ${url}, CDN ${cdnUrl}`);
  if (!flags.json) world.print(`Type "say hello"; other words: ${Object.keys(controlWords).join(' · ')}. Ctrl-C ends it.`);
  void watch(fake, print);
  void followInput(fake, world.lines, print);
  if (world.signal.aborted) return;
  await new Promise<void>((resolve) => world.signal.addEventListener('abort', () => resolve(), { once: true }));
}

type Print = (event: Readonly<Record<string, unknown>>, line: string) => void;

async function watch(fake: FakeIlink, print: Print): Promise<void> {
  for (let sent = 0, mistakes = 0; ; ) {
    await fake.until(() => fake.sent.length > sent || fake.mistakes.length > mistakes);
    for (const { id, to, text, media } of fake.sent.slice(sent)) {
      const file = media && { kind: media.kind, name: media.name, sizeBytes: media.bytes.length };
      print({ event: 'sent', id: String(id), to, text, file }, `bot → ${to}: ${text ?? `[${media?.kind} ${media?.name ?? ''}]`}`);
    }
    for (const mistake of fake.mistakes.slice(mistakes)) print({ event: 'mistake', mistake }, `mistake: ${mistake}`);
    sent = fake.sent.length;
    mistakes = fake.mistakes.length;
  }
}

async function followInput(fake: FakeIlink, lines: AsyncIterable<string>, print: Print): Promise<void> {
  for await (const line of lines) {
    if (line.trim() === '') continue;
    try {
      const done = await carryOut(fake, line);
      print({ event: 'done', done }, done);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      print({ event: 'error', error: message }, message);
    }
  }
}

function helpWords(): string {
  return Object.entries(controlWords)
    .map(([word, meaning]) => `  ${word.padEnd(20)} ${meaning}`)
    .join('\n');
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535.');
  return port;
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0) throw new InvalidArgumentError('a budget is a whole number from 0.');
  return count;
}
