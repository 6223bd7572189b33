import type { CommandWorld } from './command.ts';

/** Something that is told: to programs, and to people. */
export interface Told {
  readonly event: Readonly<Record<string, unknown>>;
  readonly line: string;
}

/** A fake platform, as far as its foreground needs it. */
export interface FollowedFake<Sent> {
  readonly sent: readonly Sent[];
  readonly mistakes: readonly string[];
  until(condition: () => boolean): Promise<void>;
}

export interface FollowOptions<Sent> {
  /** What is printed first. */
  readonly ready: Told;
  /** Prints events as JSON lines. */
  readonly isJson: boolean;
  /** What may be typed, each with its meaning. */
  readonly words: Readonly<Record<string, string>>;
  readonly tell: (sent: Sent) => Told;
  /** Does what was typed and answers with what was done. Throws where it cannot. */
  readonly carryOut: (line: string) => Promise<string>;
}

/** Keeps a fake in the foreground: tells what bots send and do wrong, does what is typed, and ends with the signal. */
export async function followFake<Sent>(
  fake: FollowedFake<Sent>,
  world: CommandWorld,
  options: FollowOptions<Sent>,
): Promise<void> {
  const { isJson, ready, words } = options;
  const print = ({ event, line }: Told) => world.print(isJson ? JSON.stringify(event) : line);
  print(ready);
  if (!isJson) world.print(`Type "say hello"; other words: ${Object.keys(words).join(' · ')}. Ctrl-C ends it.`);
  void watch(fake, options.tell, print);
  void followInput(world.lines, options.carryOut, print);
  if (world.signal.aborted) return;
  await new Promise<void>((resolve) => world.signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The part of a command's help that tells what may be typed. */
export function helpOn(words: Readonly<Record<string, string>>): string {
  const lines = Object.entries(words).map(([word, meaning]) => `  ${word.padEnd(22)} ${meaning}`);
  return `\nWhile it runs, type (or POST as text to /fake/do):\n${lines.join('\n')}\n`;
}

async function watch<Sent>(fake: FollowedFake<Sent>, tell: (sent: Sent) => Told, print: (told: Told) => void): Promise<void> {
  for (let sent = 0, mistakes = 0; ; ) {
    await fake.until(() => fake.sent.length > sent || fake.mistakes.length > mistakes);
    for (const one of fake.sent.slice(sent)) print(tell(one));
    for (const mistake of fake.mistakes.slice(mistakes))
      print({ event: { event: 'mistake', mistake }, line: `mistake: ${mistake}` });
    sent = fake.sent.length;
    mistakes = fake.mistakes.length;
  }
}

async function followInput(
  lines: AsyncIterable<string>,
  carryOut: (line: string) => Promise<string>,
  print: (told: Told) => void,
): Promise<void> {
  for await (const line of lines) {
    if (line.trim() === '') continue;
    try {
      const done = await carryOut(line);
      print({ event: { event: 'done', done }, line: done });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      print({ event: { event: 'error', error: message }, line: message });
    }
  }
}
