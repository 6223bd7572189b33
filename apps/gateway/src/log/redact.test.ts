import { GatewayError } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './redact.ts';

const hex = '8f14e45fceea167a5a36dedd4bea2543';
const jwt =
  'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4ifQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c';

/** Shaped like the real ones; none of them ever worked. */
const real: Readonly<Record<string, string>> = {
  'an OpenAI project key': 'sk-proj-N0tR3alKeyN0tR3alKey_abcdefghijklmnopqrstuvwxyz0123456789T3BlbkFJabc',
  'an OpenAI key of the old kind': 'sk-AbCdEfGhIjKlMnOpQrStT3BlbkFJuVwXyZ0123456789abcd',
  'a ChatGPT access token': jwt,
  'a Feishu tenant token': 't-g1044qeGEDXTB6NDJOGV4JQCYDGHRBARFTGT1234',
  'a Feishu user token': 'u-7f1bcd13fc57d46bac21793a18e560abcdef12',
  'an iLink bot token': `a1b2c3d4e5f6@im.bot:0600${hex}`,
  'a GitHub token': 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'an AWS key id': 'AKIAIOSFODNN7EXAMPLE',
  'a Slack token': ['xoxb', '17653672481', '19874698323', 'pdFZKVeTuE8sk7oOHcbrzqgy'].join('-'),
};

describe('a text', () => {
  it.each(Object.entries(real))('does not show %s', (_, secret) => {
    const safe = createRedactor().text(`the server refused ${secret}, twice`);
    expect(safe).toBe('the server refused [secret], twice');
  });

  it.each([
    ['Authorization: Bearer abcdef0123456789', 'Authorization: Bearer [secret]'],
    [`GET /cdn?a=1&access_token=${hex}&b=2`, 'GET /cdn?a=1&access_token=[secret]&b=2'],
    ['https://user:hunter22@proxy.example:8080/x', 'https://[secret]@proxy.example:8080/x'],
    [`{"app_id":"cli_a1","app_secret":"${hex}"}`, '{"app_id":"cli_a1","app_secret":"[secret]"}'],
    [`context_token=AARzJWafAAABAAAAAAAp2`, 'context_token=[secret]'],
    ['-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\nnext', '[secret]\nnext'],
  ])('keeps what is around a secret: %s', (text, safe) => {
    expect(createRedactor().text(text)).toBe(safe);
  });

  it.each([
    'turn 019a2f3c-7b11-7000-8000-1234567890ab of thread 019a2f3c started in /home/me/t-shirts',
    'http://127.0.0.1:8765/v1?limit=3',
    'received 3 events from wechat; the token budget is 5',
  ])('is left alone where it holds none: %s', (text) => {
    expect(createRedactor().text(text)).toBe(text);
  });

  it('does not show a value that was declared a secret, whatever it looks like', () => {
    const redactor = createRedactor();
    expect(redactor.text('open sesame')).toBe('open sesame');
    redactor.conceal('open sesame');
    expect(redactor.text('said open sesame!')).toBe('said [secret]!');
    expect(redactor.fields({ a: ['open sesame'], 'open sesame': 1 })).toEqual({ a: ['[secret]'], '[secret]': 1 });
  });

  it('is searched in time that grows with its length alone', () => {
    const nasty = ['a.'.repeat(100_000), 'a-'.repeat(100_000), `?${'k'.repeat(200_000)}`, '://'.repeat(70_000)].join(' ');
    expect(createRedactor().text(nasty)).toHaveLength(nasty.length);
  });
});

describe('fields', () => {
  it('named like a secret or like words of people are hidden, however the name is put together', () => {
    const safe = createRedactor().fields({
      token: 'a',
      botToken: 'b',
      context_token: 'c',
      key: 'd',
      apiKey: 'e',
      'X-Api-Key': 'f',
      secret: 'g',
      appSecret: 'h',
      authorization: 'i',
      Authorization: 'j',
      prompt: 'k',
      text: 'l',
      headers: { authorization: ['m'] },
      nested: [{ token: { a: 1 } }],
    });
    expect(Object.values(safe).slice(0, 12)).toEqual(Array(12).fill('[secret]'));
    expect(safe).toMatchObject({ headers: { authorization: '[secret]' }, nested: [{ token: '[secret]' }] });
  });

  it('that count or merely contain such a word are kept', () => {
    const fields = { tokens: 12, monkey: 'a', context: 'b', textLength: 5, tokenless: true, turnId: 'x', hasKey: false };
    expect(createRedactor().fields(fields)).toEqual(fields);
  });

  it('show of errors what is known of errors, not what others hang on them', () => {
    const request = Object.assign(new Error('failed with sk-AbCdEfGhIjKlMnOp'), { config: { data: 'app_secret=x' }, code: 'E1' });
    const safe = createRedactor().fields({ error: new GatewayError('channel.rejected', 'no', { cause: request }) });
    expect(safe.error).toMatchObject({
      name: 'GatewayError',
      code: 'channel.rejected',
      message: 'no',
      cause: { code: 'E1', message: 'failed with [secret]' },
    });
    expect(JSON.stringify(safe)).not.toMatch(/app_secret|sk-AbC/);
  });

  it('survive what JSON does not', () => {
    const loop: Record<string, unknown> = { big: 1n, bytes: new Uint8Array(3), fn: () => 1, set: new Set([1]), at: new Date(0) };
    loop.self = loop;
    const safe = createRedactor().fields(loop);
    expect(safe).toMatchObject({ big: '1', bytes: '[3 bytes]', set: '[1 entries]', at: '1970-01-01T00:00:00.000Z' });
    expect(() => JSON.stringify(safe)).not.toThrow();
  });
});
