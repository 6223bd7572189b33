import { type ConversationEntry, type GatewayView, type TranscriptEntry, viewText } from '@threadbridge/contract';
import { type ResolvedProfile, showClaim } from '@threadbridge/gateway';
import { markdownLines } from '../terminal/markdown-line.ts';
import { gap, type Line, line } from '../terminal/spans.ts';
import type { Texts } from '../texts/texts.ts';

export interface FirstMessageOptions {
  readonly profile: ResolvedProfile;
  readonly view: GatewayView;
  readonly texts: Texts;
  readonly print: (lines: readonly Line[]) => void;
  readonly signal: AbortSignal;
}

/**
 * Beside a gateway whose chats nobody has talked to Codex by: shows the code that makes it somebody's own, anew whenever it changes, and then
 * their first message with its answer. Says nothing where that has happened before.
 */
export async function followFirstMessage(options: FirstMessageOptions): Promise<void> {
  const { profile, print, view } = options;
  const { firstRun } = options.texts;
  if (Object.keys(profile.settings.channels).length === 0) return;
  using conversations = watchConversations(options);
  let claim = await showClaim({ profile });
  if (claim === undefined) {
    if ((await talkedTo(options)) !== undefined) return;
    print([gap, line({ text: firstRun.writeFirst, style: 'cyan' }), gap]);
  } else {
    for (let shown = ''; claim !== undefined; claim = await showClaim({ profile })) {
      const { code, until } = claim;
      if (code !== shown) {
        const moment = new Date(until).toTimeString().slice(0, 5);
        print([gap, line({ text: firstRun.claim(moment), style: 'cyan' }), line({ text: `/claim ${code}`, style: 'bold' }), gap]);
      }
      shown = code;
      await conversations.news(until);
    }
    print([gap, line({ text: firstRun.claimed, style: 'green' }), gap]);
  }
  for (;;) {
    const conversation = await talkedTo(options);
    const entries = conversation && (await view.transcript(conversation.scope.id, { limit: 20 })).entries;
    const exchange = entries && firstExchange(entries.toReversed());
    if (conversation !== undefined && exchange !== undefined) {
      print([gap, line({ text: firstRun.told(conversation.scope.channel), style: 'dim' }), ...exchange, gap]);
      print([line({ text: firstRun.settled, style: 'green' }), gap]);
      return;
    }
    await conversations.news();
  }
}

/** A conversation in a chat account in which Codex was asked, and nothing goes on now. */
async function talkedTo({ view, profile }: FirstMessageOptions): Promise<ConversationEntry | undefined> {
  const { entries } = await view.conversations({ limit: 200 });
  const isInChat = ({ scope }: ConversationEntry) => Object.hasOwn(profile.settings.channels, scope.channel);
  return entries.find((entry) => entry.runs > 0 && entry.phase === 'idle' && isInChat(entry));
}

/** The last words that went to Codex and what was said to them; undefined where nothing was. Oldest first. Pure. */
function firstExchange(entries: readonly TranscriptEntry[]): readonly Line[] | undefined {
  const at = entries.findLastIndex((entry) => entry.type === 'received' && !entry.text.startsWith('/'));
  const asked = entries[at];
  if (asked?.type !== 'received') return undefined;
  const said = entries.slice(at + 1).flatMap((entry) => {
    if (entry.type === 'sent') return [entry.message.markdown];
    return entry.type === 'ended' ? [viewText(entry.view)] : [];
  });
  const answer = said.filter((text) => text.trim() !== '').join('\n\n');
  if (answer === '') return undefined;
  return [...asked.text.split('\n').map((text) => line({ text: `› ${text}`, style: 'bold' })), ...markdownLines(answer)];
}

/** Waits until something happened in a conversation since the last call, or until a moment (epoch ms). Rejects at the end. */
function watchConversations({ view, signal }: FirstMessageOptions): Disposable & { news(until?: number): Promise<void> } {
  let hasNews = false;
  let wake = () => {};
  const tell = () => {
    hasNews = true;
    wake();
  };
  const unsubscribe = view.subscribe(({ type }) => type === 'conversation' && tell());
  signal.addEventListener('abort', tell, { once: true });
  return {
    async news(until) {
      const timer = until === undefined ? undefined : setTimeout(tell, Math.max(0, until - Date.now())).unref();
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (hasNews) resolve();
      });
      clearTimeout(timer);
      hasNews = false;
      signal.throwIfAborted();
    },
    [Symbol.dispose]() {
      unsubscribe();
      signal.removeEventListener('abort', tell);
    },
  };
}
