import { pinnedVersion } from '@threadbridge/codex-runner';
import { consoleLink } from '@threadbridge/gateway';
import { catchSignals } from '../catch-signals.ts';
import type { DemoOptions } from '../commands/demo.ts';
import { describeEvent } from '../describe-event.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { openChat } from '../open-chat.ts';
import { gap, type Line, line } from '../terminal/spans.ts';
import type { ChatEnd, TerminalChat } from '../terminal/terminal-chat.ts';
import { textWidth } from '../terminal/text-width.ts';
import type { Texts } from '../texts/texts.ts';
import { runOnce } from './once.ts';
import { type Demo, openDemo } from './open-demo.ts';
import { sandboxWarning } from './sandbox-warning.ts';
import { createStage } from './stage.ts';
import { runTour } from './tour.ts';

/** Opens a demo and shows it: one message, the tour, or a chat. Answers with the exit code. */
export async function runDemo(options: DemoOptions, io: Io): Promise<number> {
  const isAtTerminal = io.stdin.isTTY === true && io.stdout.isTTY === true;
  const stopping = new AbortController();
  let interrupt = () => stopping.abort(new DemoInterrupted());
  using _ = catchSignals({ onInterrupt: () => interrupt(), onTerminate: () => stopping.abort(new DemoInterrupted()) });
  const { signal } = stopping;
  let chat: TerminalChat | undefined;
  try {
    await using opened = await openDemo({
      io,
      common: options,
      ...(options.keep !== undefined && { keep: options.keep }),
      hasConsole: options.once === undefined && options.tour !== true && isAtTerminal,
      onEvent(event) {
        const described = describeEvent(event, io.texts);
        if (described?.isTrouble) chat?.print([line({ text: described.text, style: 'yellow' })]);
      },
    });
    const isJson = options.json === true;
    const stage = () =>
      createStage({
        io,
        workspace: opened.place.workspace,
        signal: AbortSignal.any([signal, opened.failed]),
        isSilent: isJson && options.once !== undefined,
      });
    if (options.once !== undefined)
      return await runOnce(opened, stage(), { io, text: options.once, approves: options.approve === true, isJson, signal });
    if (options.tour === true || !isAtTerminal) {
      const shown = stage();
      shown.print(...greeting(opened, io.texts));
      return await runTour(opened, shown, signal);
    }
    chat = openChat(io, opened.place.workspace);
    const talk = chat;
    interrupt = () => (signal.aborted ? undefined : talk.interrupt());
    return await chatIn(opened, chat, io, stopping);
  } catch (error) {
    if (error instanceof DemoInterrupted || (signal.aborted && error === signal.reason)) return exitCode.interrupted;
    throw error;
  } finally {
    chat?.close();
  }
}

async function chatIn(demo: Demo, chat: TerminalChat, { environment, texts }: Io, stopping: AbortController): Promise<number> {
  chat.print([...greeting(demo, texts), gap, ...invitation(texts)]);
  const gateway = await demo.open(chat.channel, stopping.signal);
  try {
    const address = gateway.ready.console;
    if (address !== undefined) {
      const link = await consoleLink({ profile: demo.profile, address, environment });
      chat.print([line({ text: texts.demo.browser }, { text: link, style: 'cyan' }), gap]);
    }
    // Beside the talk, because it takes the time in which a person reads the greeting.
    void demo.check().then((health) => chat.print([gap, ...sandboxWarning(health, texts)]));
    const end = await Promise.race([chat.talk(stopping.signal), gateway.stopped.then((): ChatEnd => 'left')]);
    return end === 'interrupted' || stopping.signal.aborted ? exitCode.interrupted : exitCode.done;
  } finally {
    await gateway.stop();
  }
}

function greeting({ place, model }: Demo, { demo }: Texts): readonly Line[] {
  return [
    line({ text: demo.title, style: 'heading' }),
    line({
      text: demo.real({ codex: pinnedVersion, model: model.url }),
      style: 'dim',
    }),
    line({ text: demo.place(place), style: 'dim' }),
  ];
}

const invitation = ({ demo }: Texts): readonly Line[] => [
  line(
    { text: demo.try },
    { text: 'hello', style: 'cyan' },
    { text: ' · ' },
    { text: 'write a file', style: 'cyan' },
    { text: demo.askedFirst },
    { text: 'run `ls -la`', style: 'cyan' },
  ),
  line(
    { text: ' '.repeat(textWidth(demo.try)) },
    { text: 'make a plan', style: 'cyan' },
    { text: ' · ' },
    { text: 'count slowly', style: 'cyan' },
    { text: demo.andThen },
    { text: '/stop', style: 'cyan' },
    { text: ' · ' },
    { text: '/status', style: 'cyan' },
    { text: ' · ' },
    { text: '/help', style: 'cyan' },
  ),
  line({ text: demo.leave, style: 'dim' }),
];

/** Somebody wants the demo to end. */
class DemoInterrupted extends Error {
  override readonly name = 'AbortError';
}
