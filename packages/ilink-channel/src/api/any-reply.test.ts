import { isGatewayError, systemClock } from '@threadbridge/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApi } from './call.ts';
import { getTypingTicket } from './get-config.ts';
import { getUpdates } from './get-updates.ts';
import { getUploadUrl } from './get-upload-url.ts';
import { readCapped } from './read-capped.ts';
import { sendMessage } from './send-message.ts';

const json = fc.jsonValue({ maxDepth: 3 });
const field = fc.constantFrom('ret', 'errcode', 'errmsg', 'msgs', 'get_updates_buf', 'longpolling_timeout_ms', 'message_id');
const more = fc.constantFrom('typing_ticket', 'upload_full_url', 'upload_param', '__proto__');
const reply = fc.oneof(
  fc.dictionary(fc.oneof(field, more), json).map((one) => JSON.stringify(one)),
  fc.oneof(fc.json(), fc.string({ unit: 'binary' })),
  fc.uint8Array({ maxLength: 200 }).map((some) => new Uint8Array(some)),
);
const call = { timeoutMs: 60_000 };
const upload = { kind: 'file', to: 'a', fileKey: 'f', aesKey: 'k', plainSize: 1, plainMd5: 'm', sealedSize: 16 } as const;

describe('any reply of the service', () => {
  it('is read or refused in words, whatever was asked, and never holds the token', async () => {
    const status = fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, fc.constantFrom(204, 302, 400, 401, 500, 599));
    await fc.assert(
      fc.asyncProperty(reply, status, async (given, status) => {
        const api = createApi({
          login: () => ({ baseUrl: 'https://ilink.test', token: 'a-secret-token' }),
          fetch: async () => new Response(status === 204 ? null : given, { status }),
          ...{ clock: systemClock, botAgent: 'test' },
        });
        const asked = [
          () => getUpdates(api, 'c', call),
          () => sendMessage(api, { to: 'a', clientId: 'c', contextToken: 't', item: {} }, call),
          () => getTypingTicket(api, 'a', undefined, call),
          () => getUploadUrl(api, upload, call),
          () => api.get('ilink/bot/get_bot_qrcode?bot_type=3', call),
        ];
        for (const ask of asked) {
          const failure = await ask().then(
            () => undefined,
            (error: unknown) => error,
          );
          if (failure === undefined) continue;
          if (!isGatewayError(failure)) throw failure;
          expect(failure.code).toMatch(/^channel\./);
          expect(`${failure.message} ${failure.remedy}`).not.toContain('a-secret-token');
        }
      }),
    );
  });

  it('is read to its cap and not a piece further', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 0, max: 200 }), async (sizes, cap) => {
        let read = 0;
        const pieces = sizes.values();
        const body = new ReadableStream<Uint8Array>(
          {
            pull(controller) {
              const { value, done } = pieces.next();
              if (done) return controller.close();
              read += value;
              if (value > 0) controller.enqueue(new Uint8Array(value));
              else controller.enqueue(new Uint8Array(1).subarray(1));
            },
          },
          { highWaterMark: 0 },
        );
        const whole = sizes.reduce((sum, size) => sum + size, 0);
        if (whole <= cap) expect(await readCapped(body, cap)).toHaveLength(whole);
        else await expect(readCapped(body, cap)).rejects.toMatchObject({ code: 'channel.rejected' });
        expect(read).toBeLessThanOrEqual(cap + 50);
      }),
    );
  });
});
