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
  const { demo: words } = stage.texts;
  let channel = stage.newChannel();
  let gateway: RunningGateway | undefined = await demo.open(channel, signal);
  try {
    stage.print(gap, ...sandboxWarning(await demo.check(), stage.texts));

    stage.headline(words.question);
    const first = await stage.ask(channel, question);
    stage.check([first.view?.status === 'completed' && viewText(first.view) !== '', words.questionTrue]);

    stage.headline(words.change);
    const asked: Question[] = [];
    const second = await stage.ask(channel, wish, (one) => {
      asked.push(one);
      stage.type(channel, `/approve ${one.code}`);
    });
    const content = await readFile(join(demo.place.workspace, file), 'utf8').catch(() => '');
    stage.check(
      [asked.length > 0 && asked.every(({ markdown }) => markdown.includes('```diff')), words.changeAsked],
      [second.view?.status === 'completed' && content !== '', words.changeDone({ file, sizeBytes: Buffer.byteLength(content) })],
    );

    stage.headline(words.diff);
    const diff = second.view?.diff ?? '';
    stage.print(...markdownLines(fenced(diff)));
    const added = Array.from(diff.matchAll(/^\+(?!\+\+ )(.*)$/gm), ([, text = '']) => text);
    stage.check([
      diff.includes(file) && added.length > 0 && added.every((text) => content.split('\n').includes(text)),
      words.diffTrue,
    ]);

    stage.headline(words.status);
    const requests = demo.model.requests.length;
    const status = await stage.ask(channel, '/status');
    const [thread = '', ...others] = new Set(threadsOfModel(demo));
    stage.check(
      [thread !== '' && others.length === 0 && status.said.join('\n').includes(thread), words.statusThread(thread)],
      [demo.model.requests.length === requests, words.statusModel],
    );

    stage.headline(words.restart);
    await gateway.stop();
    gateway = undefined;
    stage.print(line({ text: words.stopped, style: 'dim' }));
    channel = stage.newChannel();
    gateway = await demo.open(channel, signal);
    stage.print(line({ text: words.started, style: 'dim' }), gap);
    const third = await stage.ask(channel, recall);
    stage.check(
      [third.view !== undefined && viewText(third.view).includes(question), words.recalled],
      [threadsOfModel(demo).length > 2 && threadsOfModel(demo).every((one) => one === thread), words.sameThread],
    );
  } finally {
    await gateway?.stop();
  }
  const { failures } = stage;
  stage.print(
    gap,
    failures.length === 0
      ? line({ text: words.allTrue, style: 'green' }, { text: words.goOn })
      : line({ text: words.failed(failures.join('; ')), style: 'red' }),
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
