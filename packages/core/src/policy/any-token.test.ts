import { actorId, asId, type Scope, scopeId } from '@threadbridge/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from './action.ts';
import { mintCode, mintToken, readToken, type TokenOptions } from './action-token.ts';
import { claimCode, isClaimCode } from './claim-code.ts';

const text = fc.string({ unit: 'binary', maxLength: 60 });
const word = fc.string({ minLength: 1, maxLength: 20 });
const scope = word.map((id): Scope => ({ id: scopeId(asId('fake'), id), channel: asId('fake'), kind: 'private' }));
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant('command' as const), name: word, args: text }),
  fc.record({ type: fc.constant('words' as const), approval: word.map((id) => asId<never>(id)) }),
);
const minted = fc.record({ key: word, cause: text, scope, action, until: fc.nat() }).chain(({ key, ...options }) =>
  fc.record({
    key: fc.constant(key),
    options: fc.constant<TokenOptions>(options),
    by: fc.option(
      word.map((id) => actorId(asId('fake'), id)),
      { nil: undefined },
    ),
  }),
);
const letter = fc.constantFrom(...'ABCabc019-_.=+/ \n\u0000Ａé');

/** Every way to alter a text: a letter put in, taken out or exchanged, a piece cut off, repeated or put elsewhere. */
const alteration = fc.record({
  kind: fc.constantFrom('insert', 'remove', 'replace', 'cut', 'repeat', 'rotate'),
  at: fc.nat(),
  letter,
});
function alter(token: string, { kind, at, letter }: { kind: string; at: number; letter: string }): string {
  const place = at % (token.length + 1);
  const [head, tail] = [token.slice(0, place), token.slice(place)];
  switch (kind) {
    case 'insert':
      return head + letter + tail;
    case 'remove':
      return head + tail.slice(1);
    case 'replace':
      return head + letter + tail.slice(1);
    case 'cut':
      return head;
    case 'repeat':
      return token + tail;
    default:
      return tail + head;
  }
}

describe('any action token', () => {
  it('that was made here says again what it was made for, in its place and time', () => {
    fc.assert(
      fc.property(minted, ({ key, options, by }) => {
        const token = mintToken(key, { ...options, ...(by !== undefined && { by }) });
        const verdict = readToken([key], token, { scope: options.scope, at: options.until });
        expect(verdict).toMatchObject({ valid: true, claims: { action: options.action, until: options.until } });
        expect(readToken([key], token, { scope: options.scope, at: options.until + 1 }).valid).toBe(false);
      }),
    );
  });

  it('that was altered in any way is refused', () => {
    fc.assert(
      fc.property(minted, fc.array(alteration, { minLength: 1, maxLength: 3 }), ({ key, options }, alterations) => {
        const token = mintToken(key, options);
        const altered = alterations.reduce(alter, token);
        fc.pre(altered !== token);
        expect(readToken([key], altered, { scope: options.scope, at: 0 }).valid).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('that claims what nobody signed, or under another key, is refused', () => {
    fc.assert(
      fc.property(minted, fc.jsonValue(), word, ({ key, options }, claims, other) => {
        const [version, body, signature] = mintToken(key, options).split('.');
        const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
        fc.pre(forged !== body && other !== key);
        expect(readToken([key], [version, forged, signature].join('.'), { scope: options.scope, at: 0 }).valid).toBe(false);
        expect(readToken([key], mintToken(other, options), { scope: options.scope, at: 0 }).valid).toBe(false);
      }),
    );
  });

  it('that is any text is refused, never a crash', () => {
    const parts = fc.array(text, { maxLength: 5 }).map((some) => some.join('.'));
    fc.assert(
      fc.property(fc.oneof(text, parts), fc.array(word, { maxLength: 3 }), scope, (token, keys, here) => {
        expect(readToken(keys, token, { scope: here, at: 0 }).valid).toBe(false);
      }),
    );
  });

  it('that is longer than any of ours is not looked at, even where its signature is right', () => {
    const args = 'x'.repeat(4_096);
    const here: Scope = { id: scopeId(asId('fake'), 'a'), channel: asId('fake'), kind: 'private' };
    const token = mintToken('key', { scope: here, until: 1, cause: '', action: { type: 'command', name: 'x', args } });
    expect(readToken(['key'], token, { scope: here, at: 0 })).toEqual({ valid: false, reason: 'altered' });
  });
});

describe('any claim code', () => {
  const at = fc.integer({ min: 0, max: 4e12 });

  it('is good however it is spaced and spelled, until its moment', () => {
    const spacing = fc.stringMatching(/^[ -]{0,3}$/);
    fc.assert(
      fc.property(word, at, fc.array(spacing, { minLength: 9, maxLength: 9 }), fc.boolean(), (key, now, spaces, isLoud) => {
        const { code, until } = claimCode(key, now);
        const spaced = spaces.map((space, n) => space + (code.replace('-', '')[n] ?? '')).join('');
        const given = isLoud ? spaced.toUpperCase() : spaced;
        expect(isClaimCode(key, given, now)).toBe(true);
        expect(isClaimCode(key, given, until - 1)).toBe(true);
        expect(isClaimCode(key, given, until)).toBe(false);
      }),
    );
  });

  it('that was altered, or is another key’s, is refused', () => {
    const plain = (code: string) => code.toLowerCase().replaceAll(/[\s-]/g, '');
    fc.assert(
      fc.property(word, at, alteration, text, (key, now, alteration, other) => {
        const codes = [claimCode(key, now).code, claimCode(key, now - 900_000).code].map(plain);
        const altered = alter(claimCode(key, now).code, alteration);
        for (const given of [altered, other, claimCode(`${key} `, now).code]) {
          fc.pre(!codes.includes(plain(given)));
          expect(isClaimCode(key, given, now)).toBe(false);
        }
      }),
    );
  });
});

it('any short code differs from those that are taken, and is the same again for the same question', () => {
  fc.assert(
    fc.property(word, word, word, (key, run, approval) => {
      const mint = (taken: readonly string[]) => mintCode(key, asId(run), asId(approval), taken);
      const first = mint([]);
      expect(mint([])).toBe(first);
      const second = mint([first]);
      expect(second).not.toBe(first);
      expect(second).toMatch(/^[a-z2-9]{3}$/);
    }),
  );
});
