import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  consoleLink,
  type LifecycleEvent,
  loadConfig,
  openGateway,
  type RunningGateway,
  resolveProfile,
} from '@threadbridge/gateway';
import { catchSignals } from '../catch-signals.ts';
import type { StartOptions } from '../commands/start.ts';
import { describeEvent } from '../describe-event.ts';
import { exitCode } from '../exit-code.ts';
import { runFirstRun, tellMissing } from '../first-run/run-first-run.ts';
import { type Io, mayColour, writeLine } from '../io.ts';
import { openChat } from '../open-chat.ts';
import { describeError } from '../report-error.ts';
import { gap, type Line, line, paint } from '../terminal/spans.ts';
import { terminalActorId } from '../terminal/terminal-channel.ts';
import type { ChatEnd, TerminalChat } from '../terminal/terminal-chat.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { followFirstMessage } from './follow-first-message.ts';

/** Opens the gateway of a profile and stays until it is told to stop. Answers with the exit code. */
export async function runStart(options: StartOptions, io: Io): Promise<number> {
  const { environment, flags } = toLoadOptions(options, io);
  const settings = options.workspace === undefined ? {} : { settings: { workspaces: { default: resolve(options.workspace) } } };
  const given = { environment, flags: { ...flags, ...settings } };
  const load = () => loadConfig(given);
  const isJson = options.json === true;
  const isAtTerminal = io.stdin.isTTY === true && io.stdout.isTTY === true;
  const canAsk = isAtTerminal && !isJson;
  const left = canAsk ? await runFirstRun(given, io) : undefined;
  if (left !== undefined) return left;
  const profile = resolveProfile(await load());
  const hasChat = !isJson && (options.terminal ?? isAtTerminal);
  const workspace = profile.settings.workspaces.default;
  const isBlank = workspace === null && (hasChat || profile.origin(['channels']).type === 'default');
  if (isBlank && !canAsk) return tellMissing(given, { isJson }, io);
  // The chat is a person's own place, and speaks as the gateway does there.
  const { language } = profile.origin(['language']).type === 'default' ? io : profile.settings;
  const chat = hasChat
    ? openChat(io, workspace === null ? undefined : await realpath(workspace).catch(() => workspace), language)
    : undefined;
  // Whoever sits at the terminal may see how it is made their own; a log may not.
  const showsClaim = chat?.isInteractive ?? (io.stderr.isTTY === true && !isJson);
  const stopping = new AbortController();
  let gateway: RunningGateway | undefined;
  let isInterrupted = false;
  using _ = catchSignals({
    onInterrupt() {
      isInterrupted = true;
      if (chat === undefined || stopping.signal.aborted) stopping.abort();
      else chat.interrupt();
    },
    onTerminate: () => stopping.abort(),
    onReplace() {
      if (gateway === undefined) stopping.abort();
      else void gateway.stop({ runs: 'leave' }).catch(() => {});
    },
    ...(chat === undefined && {
      onReload: () => void gateway?.reload().catch((error: unknown) => writeLine(io.stderr, describeError(error, io.texts))),
    }),
  });
  try {
    gateway = await openGateway({
      profile,
      transport: 'socket',
      // They were asked, and want to do it later.
      ...(canAsk && { canLogInLater: true }),
      reload: async () => resolveProfile(await load()),
      environment: io.environment,
      signal: stopping.signal,
      onEvent: (event) => tell(event, { io, chat, isJson, showsClaim }),
      ...(options.debug && chat === undefined && { log: { level: 'debug', stderr: 'debug' } }),
      ...(chat && { extraChannels: [{ channel: chat.channel, owner: terminalActorId, language }] }),
    });
    const { view } = gateway;
    const follow = (print: (lines: readonly Line[]) => void) =>
      void followFirstMessage({ profile, view, texts: io.texts, print, signal: stopping.signal }).catch(() => {});
    if (chat === undefined) {
      const hasColours = mayColour(io.environment);
      if (showsClaim)
        follow((lines) => {
          for (const { spans } of lines) writeLine(io.stderr, paint(spans, hasColours));
        });
      await gateway.stopped;
      return isInterrupted ? exitCode.interrupted : exitCode.done;
    }
    const address = gateway.ready.console;
    greet(chat, [
      io.texts.start.greeting({ profile: profile.name, workspace }),
      ...(address === undefined
        ? []
        : [io.texts.start.browser(await consoleLink({ profile, address, environment: io.environment }))]),
    ]);
    if (showsClaim) follow(chat.print);
    const end = await Promise.race([chat.talk(stopping.signal), gateway.stopped.then((): ChatEnd => 'left')]);
    await gateway.stop();
    return end === 'interrupted' ? exitCode.interrupted : exitCode.done;
  } catch (error) {
    if (!stopping.signal.aborted || error !== stopping.signal.reason) throw error;
    return isInterrupted ? exitCode.interrupted : exitCode.done;
  } finally {
    chat?.close();
  }
}

/** Whoever sits at the terminal may see how to get into the console; a pipe may not. */
function greet(chat: TerminalChat, texts: readonly string[]): void {
  if (!chat.isInteractive) return;
  chat.print([line({ text: 'Threadbridge', style: 'bold' }), ...texts.map((text) => line({ text, style: 'dim' })), gap]);
}

function tell(
  event: LifecycleEvent,
  to: {
    readonly io: Io;
    readonly chat: TerminalChat | undefined;
    readonly isJson: boolean;
    readonly showsClaim: boolean;
  },
): void {
  if (to.isJson) writeLine(to.io.stdout, JSON.stringify(event));
  // Who sits there is shown the way itself.
  if (to.showsClaim && event.event === 'warning' && event.about === 'unowned') return;
  const described = to.isJson ? undefined : describeEvent(event, to.io.texts);
  if (described === undefined) return;
  if (to.chat === undefined) writeLine(to.io.stderr, described.text);
  else if (described.isTrouble) to.chat.print([line({ text: described.text, style: 'yellow' })]);
}
