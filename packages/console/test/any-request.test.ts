import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSessions } from '../src/http/session.ts';
import { openConsole, type Place, token } from './open-console.ts';

const text = fc.string({ unit: 'binary', maxLength: 60 });
const json = fc.jsonValue({ maxDepth: 3 });
const id = fc.oneof(fc.constant('0123456789'), text, json);
const routes = fc.constantFrom('messages', 'actions', 'files?name=a&type=b', 'files', 'files/k/0', 'nothing', '');
const chat = fc.oneof(fc.constantFrom('main', 'a-1', '..', '%2e%2e', '__proto__'), fc.webSegment());
const body = fc.oneof(
  fc.record({ id, text: fc.oneof(text, json), files: fc.oneof(fc.array(text), json) }, { requiredKeys: [] }),
  fc.record({ id, token: fc.oneof(text, json), values: fc.oneof(fc.dictionary(text, json), json) }, { requiredKeys: [] }),
  json,
);
const bytes = fc.oneof(
  body.map((one) => JSON.stringify(one)),
  fc.uint8Array({ maxLength: 200 }).map((some) => new Uint8Array(some)),
);

describe('a request from anywhere', () => {
  let place: Place;
  beforeAll(async () => {
    place = await openConsole();
  });
  afterAll(() => place.console.close());

  it('is carried out or refused, never a fault of the console', async () => {
    const type = fc.constantFrom('application/json', 'application/octet-stream', 'text/plain', '');
    await fc.assert(
      fc.asyncProperty(
        chat,
        routes,
        fc.constantFrom('POST', 'GET', 'DELETE', 'PUT'),
        type,
        bytes,
        async (name, route, method, type, given) => {
          const init = method === 'GET' ? {} : { body: given, headers: { 'content-type': type } };
          const answer = await place.ask(`/api/chats/${name}/${route}`, { method, ...init });
          if (answer.status >= 500)
            expect(await answer.json()).toMatchObject({ error: 'failed', message: expect.stringContaining('.') });
          else await answer.body?.cancel();
          expect([500, ...range(200, 499)]).toContain(answer.status);
        },
      ),
    );
  });

  it('with any token but the one is not let in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, json, fc.constant(`${token} `), fc.constant(token.toUpperCase())), async (given) => {
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, isStranger: true };
        const answer = await place.ask('/api/session', { ...init, body: JSON.stringify({ token: given }) });
        expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
      }),
    );
  });
});

describe('any cookie', () => {
  const host = '127.0.0.1:8766';
  const sessions = createSessions(token);
  const cookie = sessions.open(host, 0).split(';')[0] ?? '';
  const [name = '', value = ''] = cookie.split('=');

  it('of an open session lets in, among others and until its time', () => {
    const pair = fc.stringMatching(/^[a-z]{1,8}=[\w.]{0,12}$/);
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 3 }), fc.array(pair, { maxLength: 3 }), (before, after) => {
        expect(sessions.isOpen([...before, cookie, ...after].join('; '), host, 1)).toBe(true);
        expect(sessions.isOpen(cookie, host, 31 * 86_400_000)).toBe(false);
      }),
    );
  });

  it('that was altered lets nobody in', () => {
    for (const more of ['.', '.x', '=', '=x', ' x']) expect(sessions.isOpen(cookie + more, host, 1), more).toBe(false);
    const letter = fc.constantFrom(...'ABab019-_.+= ');
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('insert', 'remove', 'replace'), letter, (at, kind, letter) => {
        const place = at % (value.length + 1);
        const altered =
          value.slice(0, place) + (kind === 'remove' ? '' : letter) + value.slice(place + (kind === 'insert' ? 0 : 1));
        fc.pre(altered.trim() !== value);
        expect(sessions.isOpen(`${name}=${altered}`, host, 1)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('that is any text lets nobody in, never a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((one) => `${name}=${one}`),
        ),
        fc.integer(),
        (cookies, now) => {
          expect(sessions.isOpen(cookies, host, now)).toBe(false);
        },
      ),
    );
  });
});

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}
