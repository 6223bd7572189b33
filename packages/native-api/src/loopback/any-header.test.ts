import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api-error.ts';
import { checkOrigin, checkToken, digest } from './check-access.ts';

const token = 'a-token-that-nobody-guesses';
const rules = { hosts: new Set<string>(), origins: new Set(['http://page.test']), tokenDigest: digest(token) };
/** What can stand in a header at all. */
const value = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)), maxLength: 60 });

/** The status that it was refused with; undefined: it was let in. Anything else thrown fails the test. */
function refusal(check: () => void): number | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.status;
    throw error;
  }
}

describe('any header', () => {
  it('that does not carry the token is refused with 401', () => {
    const altered = fc
      .tuple(fc.nat(), value)
      .map(([at, put]) => token.slice(0, at % token.length) + put + token.slice((at % token.length) + 1));
    const given = fc.oneof(
      value,
      altered,
      altered.map((one) => `Bearer ${one}`),
      value.map((one) => `Bearer ${token}${one}`),
    );
    fc.assert(
      fc.property(given, (authorization) => {
        const said = new Request('http://127.0.0.1/', { headers: { authorization } });
        const isRight = /^bearer +a-token-that-nobody-guesses *$/i.test(authorization) && authorization.includes(token);
        expect(refusal(() => checkToken(said, rules))).toBe(isRight ? undefined : 401);
      }),
      { numRuns: 500 },
    );
  });

  it('of a foreign page or for another host is refused with 403', () => {
    const origin = fc.oneof(value, fc.webUrl()).filter((one) => one.trim() !== 'http://page.test');
    const host = fc.domain().filter((one) => one !== 'localhost' && !one.endsWith('.localhost'));
    fc.assert(
      fc.property(origin, host, (origin, host) => {
        expect(refusal(() => checkOrigin(new Request('http://127.0.0.1/', { headers: { origin } }), rules))).toBe(403);
        expect(refusal(() => checkOrigin(new Request('http://127.0.0.1/', { headers: { host } }), rules))).toBe(403);
        expect(refusal(() => checkOrigin(new Request(`http://${host}/`), rules))).toBe(403);
      }),
    );
  });
});
