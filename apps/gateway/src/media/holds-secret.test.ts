import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { holdsSecret } from './holds-secret.ts';

// Put together here, so that no scanner takes this file for a leak.
const slackToken = ['xoxb', '123456789012', '1234567890123', 'AbCdEfGhIjKlMnOpQrStUvWx'].join('-');

it('finds what looks like a secret, by its form or by what the collection of rules knows', async () => {
  expect(await holdsSecret(Buffer.from(`api_key = "${'a1'.repeat(16)}"`))).toBe(true);
  expect(await holdsSecret(Buffer.from(`token: ${slackToken}`))).toBe(true);
  expect(await holdsSecret(Buffer.from('The harvest was good.'))).toBe(false);
});

it('keeps nothing of the texts it looked into', async () => {
  const kept = async () => {
    await turn();
    return performance.getEntriesByType('mark').length;
  };
  await holdsSecret(Buffer.from('a first text'));
  const before = await kept();
  for (let index = 0; index < 5; index += 1) await holdsSecret(Buffer.from(`text ${index}`));
  expect(await kept()).toBe(before);
});
