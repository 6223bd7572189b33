import { pinnedVersion } from '@threadbridge/codex-runner';
import { catchSignals } from '../catch-signals.ts';
import { runOnce } from '../demo/once.ts';
import { type Demo, openDemo } from '../demo/open-demo.ts';
import { runTour, sandboxWarning } from '../demo/tour.ts';
import { describeEvent } from '../describe-event.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { openChat } from '../open-chat.ts';
import { gap, type Line, line } from '../terminal/spans.ts';
import type { ChatEnd, TerminalChat } from '../terminal/terminal-chat.ts';
import { type CommandFile, type CommonOptions, examples } from './command-file.ts';

interface DemoOptions extends CommonOptions {
  readonly once?: string;
  readonly approve?: boolean;
  readonly tour?: boolean;
  readonly keep?: string;
}

/** The whole of Threadbridge without account and network: only the model is a script. */
export const demo: CommandFile = {
  define(command, io, act) {
    command
      .option('--tour', 'a guided tour that runs by itself (default without a terminal)')
      .option('--once <text>', 'send one message, print what comes of it, and end')
      .option('--approve', 'with --once: say yes to what Codex asks (default: no)')
      .option('--keep <dir>', 'use this directory and leave it; run again to go on')
      .addHelpText(
        'after',
        examples('threadbridge demo', 'threadbridge demo --tour', 'threadbridge demo --once "write a file" --approve'),
      )
      .action(() => act(() => runDemo(command.optsWithGlobals<DemoOptions>(), io)));
  },
};

async function runDemo(options: DemoOptions, io: Io): Promise<number> {
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
      onEvent(event) {
        const described = describeEvent(event);
        if (described?.isTrouble) chat?.print([line({ text: described.text, style: 'yellow' })]);
      },
    });
    if (options.once !== undefined) {
      const once = { io, text: options.once, approves: options.approve === true, isJson: options.json === true, signal };
      return await runOnce(opened, once);
    }
    if (options.tour === true || !isAtTerminal) return await runTour(opened, { io, signal, greeting: greeting(opened) });
    chat = openChat(io, opened.place.workspace);
    const talk = chat;
    interrupt = () => (signal.aborted ? undefined : talk.interrupt());
    return await chatIn(opened, chat, stopping);
  } catch (error) {
    if (error instanceof DemoInterrupted || (signal.aborted && error === signal.reason)) return exitCode.interrupted;
    throw error;
  } finally {
    chat?.close();
  }
}

async function chatIn(demo: Demo, chat: TerminalChat, stopping: AbortController): Promise<number> {
  chat.print([...greeting(demo), gap, ...invitation]);
  const gateway = await demo.open(chat.channel, stopping.signal);
  try {
    void demo.check().then((health) => {
      if (health?.sandbox === 'broken') chat.print([gap, ...sandboxWarning(health.problems)]);
    });
    const end = await Promise.race([chat.talk(stopping.signal), gateway.stopped.then((): ChatEnd => 'left')]);
    return end === 'interrupted' || stopping.signal.aborted ? exitCode.interrupted : exitCode.done;
  } finally {
    await gateway.stop();
  }
}

function greeting({ place, model }: Demo): readonly Line[] {
  const stays = place.isKept ? 'stays' : 'is removed at the end';
  return [
    line({ text: 'Threadbridge demo', style: 'heading' }),
    line({
      text: `Real: Codex ${pinnedVersion}, its sandbox, the gateway, the store. Scripted: the model, at ${model.url}.`,
      style: 'dim',
    }),
    line({ text: `No account, no network. Everything is in ${place.directory}, which ${stays}.`, style: 'dim' }),
  ];
}

const invitation: readonly Line[] = [
  line(
    { text: 'Try: ' },
    { text: 'hello', style: 'cyan' },
    { text: ' · ' },
    { text: 'write a file', style: 'cyan' },
    { text: ' (you are asked first) · ' },
    { text: 'run `ls -la`', style: 'cyan' },
  ),
  line(
    { text: '     ' },
    { text: 'make a plan', style: 'cyan' },
    { text: ' · ' },
    { text: 'count slowly', style: 'cyan' },
    { text: ', and then ' },
    { text: '/stop', style: 'cyan' },
    { text: ' · ' },
    { text: '/status', style: 'cyan' },
    { text: ' · ' },
    { text: '/help', style: 'cyan' },
  ),
  line({ text: 'Ctrl-D leaves.', style: 'dim' }),
];

/** Somebody wants the demo to end. */
class DemoInterrupted extends Error {
  override readonly name = 'AbortError';
}
