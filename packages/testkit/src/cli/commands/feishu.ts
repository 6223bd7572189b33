import { InvalidArgumentError } from 'commander';
import { carryOut, controlWords } from '../../feishu/control.ts';
import { type FakeFeishu, startFakeFeishu } from '../../feishu/feishu.ts';
import type { CommandWorld, FakeCommand } from '../command.ts';

interface FeishuFlags {
  readonly port: number;
  readonly json?: true;
}

/** `threadbridge-testkit feishu`: a fake Feishu platform in the foreground. */
export const feishuCommand: FakeCommand = {
  name: 'feishu',
  define: (command, world) =>
    void command
      .description('run a fake of the Feishu open platform, on 127.0.0.1, until Ctrl-C')
      .option('--port <number>', 'port to listen on; 0 takes a free one', toPort, 0)
      .option('--json', 'print JSON lines: the address and the app, then everything that happens')
      .addHelpText('after', `\nWhile it runs, type (or POST as text to /fake/do):\n${helpWords()}\n`)
      .action((flags: FeishuFlags) => runFeishu(flags, world)),
};

async function runFeishu(flags: FeishuFlags, world: CommandWorld): Promise<void> {
  await using fake = await startFakeFeishu({ port: flags.port });
  const print = (event: Readonly<Record<string, unknown>>, line: string) =>
    world.print(flags.json ? JSON.stringify(event) : line);
  const { url, app, bot, owner } = fake;
  print(
    { event: 'ready', url, domain: url, appId: app.id, appSecret: app.secret, botOpenId: bot.openId, owner },
    `Fake Feishu on ${url}, app ${app.id}, secret ${app.secret}, owner ${owner}`,
  );
  if (!flags.json) world.print(`Type "say hello"; other words: ${Object.keys(controlWords).join(' · ')}. Ctrl-C ends it.`);
  void watch(fake, print);
  void followInput(fake, world.lines, print);
  if (world.signal.aborted) return;
  await new Promise<void>((resolve) => world.signal.addEventListener('abort', () => resolve(), { once: true }));
}

type Print = (event: Readonly<Record<string, unknown>>, line: string) => void;

async function watch(fake: FakeFeishu, print: Print): Promise<void> {
  for (let sent = 0, mistakes = 0; ; ) {
    await fake.until(() => fake.sent.length > sent || fake.mistakes.length > mistakes);
    for (const { id, chat, text, type } of fake.sent.slice(sent))
      print({ event: 'sent', id, chat, type, text }, `bot → ${chat}: ${text}`);
    for (const mistake of fake.mistakes.slice(mistakes)) print({ event: 'mistake', mistake }, `mistake: ${mistake}`);
    sent = fake.sent.length;
    mistakes = fake.mistakes.length;
  }
}

async function followInput(fake: FakeFeishu, lines: AsyncIterable<string>, print: Print): Promise<void> {
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
    .map(([word, meaning]) => `  ${word.padEnd(22)} ${meaning}`)
    .join('\n');
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535.');
  return port;
}
