import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { viewText } from '@threadbridge/contract';
import type { RunningGateway } from '@threadbridge/gateway';
import { exitCode } from '../exit-code.ts';
import { type Io, mayColour } from '../io.ts';
import { newSession, shortPathIn } from '../open-chat.ts';
import { markdownLines } from '../terminal/markdown-line.ts';
import { createPlainSurface } from '../terminal/plain-surface.ts';
import { gap, type Line, line } from '../terminal/spans.ts';
import { createTerminalChannel, type TerminalChannel } from '../terminal/terminal-channel.ts';
import { converse, type Exchange, type Question } from './converse.ts';
import type { Demo } from './open-demo.ts';

export interface TourOptions {
  readonly io: Io;
  readonly signal: AbortSignal;
  /** Said before the first step. */
  readonly greeting: readonly Line[];
}

const question = 'What are you, and what can I try?';
const wish = 'Please write a file for me.';
const recall = 'Do you remember how this thread began?';
const file = 'hello.md';
/** Long enough for a slow machine; a step that hangs must not hang the tour. */
const stepTimeoutMs = 120_000;

/** Shows what Threadbridge does by doing it, and checks each step by its traces. Answers with the exit code. */
export async function runTour(demo: Demo, { io, signal, greeting }: TourOptions): Promise<number> {
  const surface = createPlainSurface({
    write: (text) => void io.stdout.write(text),
    hasColours: io.stdout.isTTY === true && mayColour(io.environment),
  });
  const print = (...lines: readonly Line[]) => surface.print(lines);
  const failures: string[] = [];
  const check = (isTrue: boolean, what: string) => {
    print(
      gap,
      line(
        { text: isTrue ? 'ok  ' : 'NOT TRUE  ', style: isTrue ? 'green' : 'red' },
        { text: what, style: isTrue ? 'dim' : 'red' },
      ),
    );
    if (!isTrue) failures.push(what);
  };
  let steps = 0;
  const headline = (text: string): void => {
    steps += 1;
    print(gap, line({ text: `${steps}. ${text}`, style: 'heading' }), gap);
  };
  const newChannel = () =>
    createTerminalChannel({ surface, session: `${newSession()}.${steps}`, shortPath: shortPathIn(demo.place.workspace) });
  const ask = (channel: TerminalChannel, text: string, onQuestion?: (question: Question) => void): Promise<Exchange> => {
    print(line({ text: `› ${text}`, style: 'bold' }));
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(stepTimeoutMs)]);
    return converse(channel, text, { signal: inTime, ...(onQuestion && { onQuestion }) });
  };
  const approve = (channel: TerminalChannel) => (asked: Question) => {
    const command = `/approve ${asked.code}`;
    print(line({ text: `› ${command}`, style: 'bold' }));
    void channel.say(command).catch(() => {});
  };

  print(...greeting);
  let channel = newChannel();
  let gateway: RunningGateway | undefined = await demo.open(channel, signal);
  try {
    const health = await demo.check();
    if (health?.sandbox === 'broken') print(gap, ...sandboxWarning(health.problems));

    headline('A question');
    const first = await ask(channel, question);
    check(
      first.view?.status === 'completed' && viewText(first.view) !== '',
      'the real Codex answered, with the scripted model behind it',
    );

    headline('A change of a file, which has to be approved');
    const questions: Question[] = [];
    const answer = approve(channel);
    const second = await ask(channel, wish, (asked) => {
      questions.push(asked);
      answer(asked);
    });
    const content = await readFile(join(demo.place.workspace, file), 'utf8').catch(() => '');
    check(
      questions.length > 0 && questions.every(({ markdown }) => markdown.includes('```diff')),
      'it was asked for before, with its diff',
    );
    check(second.view?.status === 'completed' && content !== '', `${file} is on the disk (${Buffer.byteLength(content)} bytes)`);

    headline('What the turn changed, as a diff');
    const diff = second.view?.diff ?? '';
    print(...markdownLines(`\`\`\`\`diff\n${diff.trimEnd()}\n\`\`\`\``));
    check(
      diff.includes(file) && content.split('\n').every((one) => diff.includes(`+${one}`) || one === ''),
      'the diff holds the whole file',
    );

    headline('How things are: commands cost no turn');
    const before = demo.model.requests.length;
    const status = await ask(channel, '/status');
    const threads = new Set(modelThreads(demo));
    const [thread = ''] = threads;
    check(status.said.join('\n').includes(thread) && threads.size === 1, `both turns were in the thread ${thread}`);
    check(demo.model.requests.length === before, 'the model was not asked');

    headline('The gateway is stopped and started again; the thread goes on');
    await gateway.stop();
    gateway = undefined;
    print(line({ text: '(stopped)', style: 'dim' }));
    channel = newChannel();
    gateway = await demo.open(channel, signal);
    print(line({ text: '(started)', style: 'dim' }), gap);
    const third = await ask(channel, recall);
    check(third.view !== undefined && viewText(third.view).includes(question), 'the answer names the first message');
    check(
      modelThreads(demo).every((one) => one === thread),
      'it is the same thread',
    );
  } finally {
    await gateway?.stop();
  }

  const end =
    failures.length === 0
      ? line({ text: 'All of it happened.', style: 'green' }, { text: ' Chat yourself: threadbridge demo, on a terminal.' })
      : line({ text: `${failures.length} of it did not happen as shown.`, style: 'red' });
  print(gap, end);
  return failures.length === 0 ? exitCode.done : exitCode.failed;
}

/** The thread of every turn that reached the model, in Codex's own words. */
function modelThreads(demo: Demo): readonly string[] {
  return demo.model.requests
    .filter(({ userTexts, purpose }) => userTexts.length > 0 && purpose === 'turn')
    .map(({ threadId }) => threadId);
}

/** What a machine without sandbox has to be told. */
export function sandboxWarning(
  problems: readonly { readonly code: string; readonly message: string; readonly remedy?: string }[],
): readonly Line[] {
  const problem = problems.find(({ code }) => code === 'codex.sandbox');
  const reason = problem === undefined ? '' : ` ${problem.message}${problem.remedy === undefined ? '' : ` ${problem.remedy}`}`;
  return [
    line({
      text: `The sandbox of Codex does not work on this machine, so commands fail here; the rest works.${reason}`,
      style: 'yellow',
    }),
  ];
}
