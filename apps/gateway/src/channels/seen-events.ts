import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelId, Clock, Logger } from '@threadbridge/contract';
import * as z from 'zod';

/** When each kind of event came, epoch ms: the first of each since the latest start. */
export type SeenEvents = Readonly<Record<string, number>>;

const seenSchema = z.record(z.string(), z.number());

/** What gateways have written down of a channel. Nothing, where none has. */
export async function readSeen(directory: string, channel: ChannelId): Promise<SeenEvents> {
  try {
    return seenSchema.parse(JSON.parse(await readFile(fileOf(directory, channel), 'utf8')));
  } catch {
    return {};
  }
}

/** Writes down for other processes which kinds of events come in. */
export function noteSeen(options: {
  readonly directory: string;
  readonly channel: ChannelId;
  readonly clock: Clock;
  readonly logger: Logger;
}): (kind: string) => void {
  const { directory, channel, clock, logger } = options;
  let line: Promise<unknown> = Promise.resolve();
  return (kind) => {
    const at = clock.now();
    line = line.then(async () => {
      const path = fileOf(directory, channel);
      const seen = { ...(await readSeen(directory, channel)), [kind]: at };
      try {
        await writeFile(`${path}.new`, JSON.stringify(seen), { mode: 0o600 });
        await rename(`${path}.new`, path);
      } catch (error) {
        logger.warn({ error: error instanceof Error ? error.message : '' }, 'what was seen could not be written down');
      }
    });
  };
}

/** Keys are the user's own words; a file name is not the place for all of them. */
const fileOf = (directory: string, channel: ChannelId) => join(directory, `${encodeURIComponent(channel)}.json`);
