import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadConfig, resolveProfile } from './config/load.ts';
import { explainProfile } from './explain-profile.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'threadbridge-policy-'));
});
afterEach(() => rm(home, { recursive: true }));

it('says what would be decided and why, also before the first start', async () => {
  const settings = { access: { owners: ['work:ou_1'] } };
  const profile = resolveProfile(await loadConfig({ environment: { THREADBRIDGE_HOME: home }, flags: { settings } }));
  expect(await explainProfile(profile, {}, { channel: 'work', user: 'ou_1', command: '/cd' })).toMatchObject([
    { question: 'admission', decision: 'allowed as owner', because: ['access.owners'] },
    { question: 'command', decision: 'allowed' },
  ]);
  expect(await explainProfile(profile, {}, { channel: 'work', user: 'ou_2', chat: 'oc_1', kind: 'group' })).toMatchObject([
    { decision: 'refused (group)', because: ['group not approved'] },
  ]);
});
