import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { viewText } from '@threadbridge/contract';
import type { RunningGateway } from '@threadbridge/gateway';
import { exitCode } from '../exit-code.ts';
import { markdownLines } from '../terminal/markdown-line.ts';
import { gap, line } from '../terminal/spans.ts';
import type { Question } from './converse.ts';
import type { Demo } from './open-demo.ts';
import { sandboxWarning } from './sandbox-warning.ts';
import type { Stage } from './stage.ts';

const question = 'What are you, and what can I try?';
const wish = 'Please write a file for me.';
const recall = 'Do you remember how this thread began?';
const file = 'hello.md';

/** Shows what Threadbridge does by doing it, and checks each step by its traces. Answers with the exit code. */
export async function runTour(demo: Demo, stage: Stage, signal: AbortSignal): Promise<number> {
  let channel = stage.newChannel();
  let gateway: RunningGateway | undefined = await demo.open(channel, signal);
  try {
    stage.print(gap, ...sandboxWarning(await demo.check()));

    stage.headline('A question');
    const first = await stage.ask(channel, question);
    stage.check([
      first.view?.status === 'completed' && viewText(first.view) !== '',
      'the real Codex answered, with the scripted model behind it',
    ]);

    stage.headline('A change of a file, which has to be approved');
    const asked: Question[] = [];
    const second = await stage.ask(channel, wish, (one) => {
      asked.push(one);
      stage.type(channel, `/approve ${one.code}`);
    });
    const content = await readFile(join(demo.place.workspace, file), 'utf8').catch(() => '');
    stage.check(
      [asked.length > 0 && asked.every(({ markdown }) => markdown.includes('```diff')), 'it was asked for before, with its diff'],
      [second.view?.status === 'completed' && content !== '', `${file} is on the disk (${Buffer.byteLength(content)} bytes)`],
    );

    stage.headline('What the turn changed, as a diff');
    const diff = second.view?.diff ?? '';
    stage.print(...markdownLines(fenced(diff)));
    const added = Array.from(diff.matchAll(/^\+(?!\+\+ )(.*)$/gm), ([, text = '']) => text);
    stage.check([
      diff.includes(file) && added.length > 0 && added.every((text) => content.split('\n').includes(text)),
      'what the diff adds is what the file holds',
    ]);

    stage.headline('How things are: commands cost no turn');
    const requests = demo.model.requests.length;
    const status = await stage.ask(channel, '/status');
    const [thread = '', ...others] = new Set(threadsOfModel(demo));
    stage.check(
      [
        thread !== '' && others.length === 0 && status.said.join('\n').includes(thread),
        `both turns were in the thread ${thread}`,
      ],
      [demo.model.requests.length === requests, 'the model was not asked'],
    );

    stage.headline('The gateway is stopped and started again; the thread goes on');
    await gateway.stop();
    gateway = undefined;
    stage.print(line({ text: '(stopped)', style: 'dim' }));
    channel = stage.newChannel();
    gateway = await demo.open(channel, signal);
    stage.print(line({ text: '(started)', style: 'dim' }), gap);
    const third = await stage.ask(channel, recall);
    stage.check(
      [third.view !== undefined && viewText(third.view).includes(question), 'the answer names the first message'],
      [threadsOfModel(demo).length > 2 && threadsOfModel(demo).every((one) => one === thread), 'it is the same thread'],
    );
  } finally {
    await gateway?.stop();
  }
  const { failures } = stage;
  stage.print(
    gap,
    failures.length === 0
      ? line(
          { text: 'All of it happened.', style: 'green' },
          { text: ' To chat yourself, run `threadbridge demo` on a terminal.' },
        )
      : line({ text: `Not as it should be: ${failures.join('; ')}.`, style: 'red' }),
  );
  return failures.length === 0 ? exitCode.done : exitCode.failed;
}

/** The thread of each request of a turn that reached the model, as Codex names it there. */
function threadsOfModel(demo: Demo): readonly string[] {
  return demo.model.requests
    .filter(({ userTexts, purpose }) => userTexts.length > 0 && purpose === 'turn')
    .map(({ threadId }) => threadId);
}

/** A block that the text cannot close. */
function fenced(diff: string): string {
  const longest = Math.max(2, ...Array.from(diff.matchAll(/`+/g), ([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}diff\n${diff.trimEnd()}\n${ticks}`;
}
