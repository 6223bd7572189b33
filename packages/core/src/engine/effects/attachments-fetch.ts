import { type Artifact, type Attachment, type Channel, GatewayError, isGatewayError, retryAfter } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import { type InputOf, resultInputId } from '../../decide/input.ts';
import type { RefusedFile } from '../../decide/prompt-files.ts';
import type { TakenIn } from '../../ports/files.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** How long the files of one message may take to come, together. */
const timeoutMs = 120_000;
/** How often one file is asked for. */
const maxTries = 3;

/** Fetches the files of a message, within the limits of the profile, and keeps them. May be done again: the same content is the same file. */
export async function attachmentsFetch(
  row: OpenEffect,
  effect: EffectOf<'attachments.fetch'>,
  engine: Engine,
): Promise<Settlement> {
  const over = new AbortController();
  const done = new AbortController();
  void engine.clock.sleep(timeoutMs, done.signal).then(() => over.abort());
  const signal = AbortSignal.any([over.signal, engine.closing]);
  const { maxCount, maxFileBytes, maxTotalBytes, types } = engine.rules().attachments;
  const taken: Artifact[] = [];
  const refused: RefusedFile[] = [];
  let folder: string | undefined;
  let leftBytes = maxTotalBytes;
  for (const [index, attachment] of effect.attachments.entries()) {
    const name = attachment.name ?? attachment.kind;
    const refuse = (reason: RefusedFile['reason'], more: Partial<RefusedFile> = {}) => refused.push({ name, reason, ...more });
    const maxBytes = Math.min(maxFileBytes, leftBytes);
    const tooLarge = maxBytes < maxFileBytes ? 'total' : 'size';
    if (index >= maxCount) refuse('count');
    else if ((attachment.sizeBytes ?? 0) > maxBytes) refuse(tooLarge);
    else if (over.signal.aborted) refuse('late');
    else {
      const result = await take(row, attachment, { maxBytes, types }, engine, signal);
      if (engine.closing.aborted) break;
      if (result === undefined) refuse(over.signal.aborted ? 'late' : 'failed');
      else if (!result.isTaken) refuse(result.reason === 'size' ? tooLarge : result.reason, pick(result));
      else {
        taken.push(result.file);
        folder = result.folder;
        leftBytes -= result.file.sizeBytes;
      }
    }
  }
  done.abort();
  if (engine.closing.aborted) return undefined;
  const fetched: InputOf<'attachments.fetched'> = {
    ...{ type: 'attachments.fetched', id: resultInputId(row.key, 'fetched'), scope: row.scope, at: engine.clock.now() },
    ...{ event: effect.event, taken, refused, ...(folder !== undefined && { folder }) },
  };
  return { outcome: { type: 'done' }, results: [fetched] };
}

function pick({ mediaType }: { readonly mediaType?: string }): Partial<RefusedFile> {
  return mediaType === undefined ? {} : { mediaType };
}

/** One file. Undefined: it could not be had. */
async function take(
  row: OpenEffect,
  attachment: Attachment,
  limits: { readonly maxBytes: number; readonly types: readonly string[] },
  engine: Engine,
  signal: AbortSignal,
): Promise<TakenIn | undefined> {
  const fetch = fetcherOf(engine.channels.get(row.scope.channel));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const stream = await fetch(attachment, signal);
      return await engine.files.takeIn({ ...limits, scope: row.scope.id, stream, signal, name: attachment.name });
    } catch (error) {
      // What breaks a stream in the middle is the platform's own error and no GatewayError.
      const code = isGatewayError(error) ? error.code : String(error);
      engine.logger.warn({ effect: row.key, code, attempt }, 'a file of a message could not be fetched');
      const pauseMs = isGatewayError(error) ? retryAfter(error, attempt) : undefined;
      if (pauseMs === undefined || attempt === maxTries || signal.aborted) return undefined;
      await engine.clock.sleep(pauseMs, signal);
    }
  }
}

function fetcherOf(channel: Channel | undefined): NonNullable<Channel['capabilities']['attachments']>['fetch'] {
  const attachments = channel?.capabilities.attachments;
  if (attachments !== undefined) return attachments.fetch;
  return async () => {
    throw new GatewayError('channel.unsupported', 'This channel brings no files.', { certain: true });
  };
}
