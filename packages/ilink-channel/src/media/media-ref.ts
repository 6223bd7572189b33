import type { JsonObject, JsonValue } from '@threadbridge/contract';
import { textIn, type Wire } from '../api/wire.ts';
import { hexKey, toKey } from './aes.ts';

/** What is needed to fetch an inbound file: `Attachment.ref`. Plain JSON; the key makes it secret. */
export interface MediaRef {
  /** The CDN's handle. */
  readonly handle?: string;
  /** A complete address, tried first. */
  readonly url?: string;
  /** 32 hex digits; absent where the bytes are plain. */
  readonly key?: string;
  /** Plaintext bytes, where the sender said so. */
  readonly sizeBytes?: number;
}

/** Undefined where nothing could be fetched. `ownKey`: the item's own key field, which is right where the one in the media is not. */
export function toMediaRef(
  media: Wire,
  extra: { readonly ownKey?: string | undefined; readonly mayBePlain?: boolean; readonly sizeBytes?: number | undefined },
): (MediaRef & JsonObject) | undefined {
  const handle = textIn(media, 'encrypt_query_param');
  const url = textIn(media, 'full_url');
  const written = textIn(media, 'aes_key');
  const key =
    (extra.ownKey === undefined ? undefined : hexKey(extra.ownKey)) ?? (written === undefined ? undefined : toKey(written));
  if (handle === undefined && url === undefined) return undefined;
  if (key === undefined && !(extra.mayBePlain && written === undefined)) return undefined;
  return {
    ...(handle !== undefined && { handle }),
    ...(url !== undefined && { url }),
    ...(key !== undefined && { key: key.toString('hex') }),
    ...(extra.sizeBytes !== undefined && { sizeBytes: extra.sizeBytes }),
  };
}

/** Reads a ref back. Undefined where it is none of ours. */
export function readMediaRef(value: JsonValue): MediaRef | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const wire = value as Wire;
  const handle = textIn(wire, 'handle');
  const url = textIn(wire, 'url');
  const key = textIn(wire, 'key');
  if (handle === undefined && url === undefined) return undefined;
  if (key !== undefined && hexKey(key) === undefined) return undefined;
  return {
    ...(handle !== undefined && { handle }),
    ...(url !== undefined && { url }),
    ...(key !== undefined && { key }),
    ...(typeof wire.sizeBytes === 'number' && { sizeBytes: wire.sizeBytes }),
  };
}
