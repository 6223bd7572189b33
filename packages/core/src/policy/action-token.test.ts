import { asId, type Scope, scopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { isForRun, mintToken, readToken, type TokenOptions } from './action-token.ts';

const here: Scope = { id: scopeId(asId('fake'), 'here'), channel: asId('fake'), kind: 'private' };
const there: Scope = { ...here, id: scopeId(asId('fake'), 'there') };
const topic: Scope = { ...here, kind: 'topic', parent: scopeId(asId('fake'), 'chat') };
const run = { run: asId<never>('run-1'), fingerprint: asId<never>('f1') };
const options: TokenOptions = { scope: here, until: 1_000, cause: 'input-1', action: { type: 'command', name: 'stop' } };
const read = (token: string, change: { scope?: Scope; at?: number; keys?: readonly string[] } = {}) =>
  readToken(change.keys ?? ['key'], token, { scope: change.scope ?? here, at: change.at ?? 500 });

describe('an action token', () => {
  it('says what it was made for', () => {
    const token = mintToken('key', { ...options, by: asId('fake:olga'), run });
    expect(read(token)).toMatchObject({ valid: true, claims: { action: options.action, by: 'fake:olga', until: 1_000 } });
  });

  it('is the same for the same cause, and another for another', () => {
    expect(mintToken('key', options)).toBe(mintToken('key', options));
    expect(mintToken('key', { ...options, cause: 'input-2' })).not.toBe(mintToken('key', options));
  });

  it('is worth nothing with any letter changed, cut or added', () => {
    const token = mintToken('key', options);
    for (let at = 0; at < token.length; at += 1) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(read(changed).valid, `letter ${at}`).toBe(changed === token);
    }
    expect(read(token.slice(1)).valid).toBe(false);
    expect(read(`${token}.x`).valid).toBe(false);
    for (const nothing of ['', '.', '..', 'x', 'A'.repeat(43), 'A'.repeat(100_000)]) expect(read(nothing).valid).toBe(false);
  });

  it('cannot be put together from parts of others', () => {
    const [version, , signature] = mintToken('key', options).split('.');
    const [, other] = mintToken('key', { ...options, action: { type: 'command', name: 'new' } }).split('.');
    expect(read([version, other, signature].join('.'))).toEqual({ valid: false, reason: 'altered' });
  });

  it('is good in its place alone, and until its time', () => {
    const token = mintToken('key', options);
    expect(read(token, { scope: there })).toEqual({ valid: false, reason: 'elsewhere' });
    expect(read(token, { scope: { ...here, parent: there.id } })).toEqual({ valid: false, reason: 'elsewhere' });
    expect(read(mintToken('key', { ...options, scope: topic }), { scope: topic }).valid).toBe(true);
    expect(read(token, { at: 1_000 }).valid).toBe(true);
    expect(read(token, { at: 1_001 })).toEqual({ valid: false, reason: 'expired' });
  });

  it('outlives the replacement of its key, not its removal', () => {
    const token = mintToken('old', options);
    expect(read(token, { keys: ['new', 'old'] }).valid).toBe(true);
    expect(read(token, { keys: ['new'] })).toEqual({ valid: false, reason: 'key' });
  });

  it('belongs to one run under one policy', () => {
    const verdict = read(mintToken('key', { ...options, run }));
    if (!verdict.valid) throw new Error(verdict.reason);
    expect(isForRun(verdict.claims, run)).toBe(true);
    expect(isForRun(verdict.claims, undefined)).toBe(false);
    expect(isForRun(verdict.claims, { ...run, run: asId('run-2') })).toBe(false);
    expect(isForRun(verdict.claims, { ...run, fingerprint: asId('f2') })).toBe(false);
  });
});
