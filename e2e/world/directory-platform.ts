import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Actor,
  actorId,
  asId,
  type Channel,
  type ChannelId,
  type Cursor,
  type EventId,
  type MessageId,
  type MessageReceived,
  type Scope,
  scopeId,
} from '@threadbridge/contract';

const id = asId<ChannelId>('paper');
export const writer: Actor = { id: actorId(id, 'olga'), name: 'Olga' };
const scope: Scope = { id: scopeId(id, 'desk'), channel: id, kind: 'private' };

/** A line that the gateway wrote. */
export interface Written {
  readonly key: string;
  readonly text: string;
}

/** A chat platform made of two files, so that it outlives whoever is killed: people write the inbox, the gateway the outbox. */
export function createDirectoryPlatform(directory: string) {
  const inbox = join(directory, 'inbox.jsonl');
  const outbox = join(directory, 'outbox.jsonl');
  const written = () => lines(outbox) as readonly Written[];
  return {
    say(text: string): void {
      appendFileSync(inbox, `${JSON.stringify({ text })}\n`);
    },
    written,
    read: (after = 0): string =>
      written()
        .slice(after)
        .map((one) => one.text)
        .join('\n---\n'),
    connect: (): Channel => ({
      id,
      limits: { text: { max: 20_000, unit: 'characters' } },
      capabilities: { keyedSend: { lifetimeMs: 3_600_000 } },
      split: (markdown) => [markdown],
      async *receive({ cursor, signal }) {
        for (let position = Number(cursor ?? 0); !signal.aborted; ) {
          const line = lines(inbox)[position] as { readonly text: string } | undefined;
          if (line === undefined) {
            await delay(5, undefined, { signal }).catch(() => {});
            continue;
          }
          const base = { type: 'message.received', id: asId<EventId>(`line-${position}`), scope, actor: writer } as const;
          const event: MessageReceived = {
            ...base,
            text: line.text,
            attachments: [],
            isAddressed: true,
            reply: null,
            at: Date.now(),
          };
          position += 1;
          yield { events: [event], cursor: asId<Cursor>(String(position)) };
        }
      },
      async send(message, { key }) {
        if (!written().some((one) => one.key === key))
          appendFileSync(outbox, `${JSON.stringify({ key, text: message.markdown })}\n`);
        return { id: asId<MessageId>(key) };
      },
    }),
  };
}

/** Whole lines only: the last one may still be in the writing. */
function lines(file: string): readonly unknown[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
