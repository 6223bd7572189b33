import { randomBytes } from 'node:crypto';
import { isGatewayError, type JsonValue, systemClock } from '@threadbridge/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexKey, seal, toKey } from './aes.ts';
import { download } from './download.ts';
import { readMediaRef, toMediaRef } from './media-ref.ts';

const json = fc.jsonValue({ maxDepth: 2 });
const text = fc.string({ unit: 'binary', maxLength: 60 });
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((some) => Buffer.from(some));

describe('any media key', () => {
  it('of sixteen bytes is read in both ways it is written', () => {
    fc.assert(
      fc.property(sixteen, (key) => {
        const hex = key.toString('hex');
        expect(toKey(key.toString('base64'))).toEqual(key);
        expect(toKey(Buffer.from(hex, 'latin1').toString('base64'))).toEqual(key);
        expect(hexKey(hex.toUpperCase())).toEqual(key);
      }),
    );
  });

  it('is sixteen bytes or none', () => {
    const some = fc.oneof(text, fc.base64String({ maxLength: 80 }), fc.stringMatching(/^[0-9a-fA-F]{30,34}$/));
    fc.assert(
      fc.property(some, (written) => {
        for (const key of [toKey(written), hexKey(written)]) expect(key === undefined || key.length === 16).toBe(true);
      }),
    );
  });

  it('of any reference is whole or the reference is none, and it is the same when it is read back', () => {
    const media = fc.record(
      { encrypt_query_param: fc.oneof(text, json), full_url: fc.oneof(text, json), aes_key: fc.oneof(text, json) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(media, fc.option(text, { nil: undefined }), fc.boolean(), (given, ownKey, mayBePlain) => {
        const ref = toMediaRef(given, { ownKey, mayBePlain });
        if (ref === undefined) return;
        expect(ref.key ?? '00'.repeat(16)).toMatch(/^[0-9a-f]{32}$/);
        expect(readMediaRef(ref)).toEqual(ref);
      }),
    );
    fc.assert(
      fc.property(json, (value) => {
        const key = readMediaRef(value as JsonValue)?.key;
        expect(key ?? '00'.repeat(16)).toMatch(/^[0-9a-f]{32}$/i);
      }),
    );
    expect(readMediaRef({ handle: 'h', key: 'too short' })).toBeUndefined();
  });
});

it('what comes from the CDN is the file or refused in words, whatever was done to its bytes', async () => {
  const key = randomBytes(16);
  const plain = fc.uint8Array({ maxLength: 100 }).map((some) => Buffer.from(some));
  const damage = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }), cut: fc.option(fc.nat({ max: 40 }), { nil: 0 }) });
  await fc.assert(
    fc.asyncProperty(plain, damage, async (bytes, { at, byte, cut }) => {
      const sealed = seal(bytes, key);
      const place = at % sealed.length;
      sealed[place] = (sealed[place] ?? 0) ^ byte;
      const sent = new Uint8Array(sealed.subarray(0, Math.max(0, sealed.length - cut)));
      const cdn = {
        cdnBaseUrl: 'https://cdn.test/c2c',
        configured: () => ['https://cdn.test'],
        timeoutMs: 60_000,
        clock: systemClock,
      };
      const ref = { handle: 'h', key: key.toString('hex'), sizeBytes: bytes.length };
      const take = async () => {
        const fetch = async () => new Response(sent);
        const stream = await download({ ...cdn, fetch }, ref, 1_000, new AbortController().signal);
        return Buffer.from(await new Response(stream).arrayBuffer());
      };
      const taken = await take().catch((error: unknown) => {
        if (!isGatewayError(error)) throw error;
        return error;
      });
      if (byte === 0 && cut === 0) expect(taken).toEqual(bytes);
      else if (!isGatewayError(taken)) expect(taken).toHaveLength(bytes.length);
    }),
  );
});
